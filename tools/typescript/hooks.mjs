// Module hooks: compile `.ts` with swc (decorators and their metadata included), and let a plugin that lives outside this
// repository import what Millrace gives every plugin (`@millrace/sdk`, class-validator, …) when it has no copy of its own.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from './compile.mjs';
import { compiledPath } from './compiled-path.mjs';

const root = new URL('../../', import.meta.url).href;
const anchor = new URL('package.json', root).href;
const isOwnFile = (specifier) => /^\.{1,2}\/.*\.ts$/.test(specifier);
const isBare = (specifier) => !/^(\.{0,2}\/|#|node:|file:|data:)/.test(specifier);
const isOurs = (url) => url?.startsWith(root) && !url.includes('/node_modules/');

/** What names of packages and libs stand for in our own files: thousands of these name the same few hundred. */
const known = new Map();

export async function resolve(specifier, context, next) {
  // Our own files are named as they are called: there is nothing to look for.
  if (isOwnFile(specifier)) return { url: new URL(specifier, context.parentURL).href, shortCircuit: true };
  if (!isOurs(context.parentURL) || specifier.startsWith('.')) return find(specifier, context, next);
  const found = known.get(specifier) ?? (await find(specifier, context, next));
  known.set(specifier, found);
  return { ...found, shortCircuit: true };
}

async function find(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !isBare(specifier)) throw error;
    return next(specifier, { ...context, parentURL: anchor });
  }
}

export async function load(url, context, next) {
  if (!/^file:.*\.ts(\?.*)?$/.test(url)) return next(url, context);
  const path = fileURLToPath(url.replace(/\?.*$/, ''));
  const source = readFileSync(path, 'utf8'); // this thread has nothing else to do
  return { format: 'module', source: compiled(path, source) ?? (await compile(path, source)), shortCircuit: true };
}

function compiled(path, source) {
  try {
    return readFileSync(compiledPath(path, source), 'utf8');
  } catch {
    return undefined;
  }
}
