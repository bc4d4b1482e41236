// Module hooks: compile `.ts` with swc (decorators and their metadata included), and let a plugin that lives outside this
// repository import what Millrace gives every plugin (`@millrace/sdk`, class-validator, …) when it has no copy of its own.
import { isTypeScript, loadTypeScript } from './load.mjs';
import { anchor, isLasting, isPluginsNeed, urlOfOwnFile } from './names.mjs';

const known = new Map();

export function resolve(specifier, context, next) {
  const url = urlOfOwnFile(specifier, context.parentURL);
  if (url) return { url, shortCircuit: true };
  if (!isLasting(specifier, context.parentURL)) return find(specifier, context, next);
  const found = known.get(specifier) ?? find(specifier, context, next);
  known.set(specifier, found);
  return { ...found, shortCircuit: true };
}

function find(specifier, context, next) {
  try {
    return next(specifier, context);
  } catch (error) {
    if (!isPluginsNeed(error, specifier)) throw error;
    return next(specifier, { ...context, parentURL: anchor });
  }
}

export const load = (url, context, next) => (isTypeScript(url) ? loadTypeScript(url) : next(url, context));
