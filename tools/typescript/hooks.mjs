// Module hooks: compile `.ts` with swc (decorators and their metadata included), and let a plugin that lives outside this
// repository import what Millrace gives every plugin (`@millrace/sdk`, class-validator, …) when it has no copy of its own.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile } from './compile.mjs';
import { compiledPath } from './compiled-path.mjs';

const anchor = new URL('../../package.json', import.meta.url).href;
const isBare = (specifier) => !/^(\.{0,2}\/|#|node:|file:|data:)/.test(specifier);

export async function resolve(specifier, context, next) {
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
  const source = await readFile(path, 'utf8');
  return { format: 'module', source: await compiled(path, source), shortCircuit: true };
}

async function compiled(path, source) {
  const known = await readFile(compiledPath(path, source), 'utf8').catch(() => undefined);
  return known ?? compile(path, source);
}
