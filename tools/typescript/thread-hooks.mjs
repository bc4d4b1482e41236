// The same hooks for a Node without `registerHooks` (before 22.15), which runs them in a thread of their own: there, what comes next is a promise.
import { readFileSync } from 'node:fs';
import { isTypeScript, loadTypeScript } from './load.mjs';
import { anchor, isLasting, isPluginsNeed, urlOfOwnFile } from './names.mjs';

const known = new Map();

// Hundreds of modules of functions that Nest uses few of: as CommonJS they are loaded without asking this thread for each of them.
const asCommonJs = new Set(['es-toolkit/compat']);

export async function resolve(specifier, context, next) {
  const url = urlOfOwnFile(specifier, context.parentURL);
  if (url) return { url, shortCircuit: true };
  if (asCommonJs.has(specifier)) return next(specifier, { ...context, conditions: ['node', 'require'] });
  if (!isLasting(specifier, context.parentURL)) return find(specifier, context, next);
  const found = known.get(specifier) ?? (await find(specifier, context, next));
  known.set(specifier, found);
  return { ...found, shortCircuit: true };
}

async function find(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!isPluginsNeed(error, specifier)) throw error;
    return next(specifier, { ...context, parentURL: anchor });
  }
}

export async function load(url, context, next) {
  if (isTypeScript(url)) return loadTypeScript(url);
  if (context.format !== 'module' || !url.startsWith('file:')) return next(url, context);
  return { format: 'module', source: readFileSync(new URL(url)), shortCircuit: true }; // at once, where Node waits four times
}
