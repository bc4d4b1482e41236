// The same hooks for a Node without `registerHooks` (before 22.15), which runs them in a thread of their own: there, what comes next is a promise.
import { isTypeScript, loadTypeScript } from './load.mjs';
import { anchor, isLasting, isPluginsNeed, urlOfOwnFile } from './names.mjs';

const known = new Map();

export async function resolve(specifier, context, next) {
  const url = urlOfOwnFile(specifier, context.parentURL);
  if (url) return { url, shortCircuit: true };
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

export const load = async (url, context, next) => (isTypeScript(url) ? loadTypeScript(url) : next(url, context));
