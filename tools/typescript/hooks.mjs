// Module hooks: compile `.ts` with swc (decorators and their metadata included), and let a plugin that lives outside this
// repository import what Millrace gives every plugin (`@millrace/sdk`, class-validator, …) when it has no copy of its own.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const cache = join(root, 'node_modules', '.cache', 'millrace-ts');
const swcrc = await readFile(join(root, '.swcrc'), 'utf8');
const swcVersion = JSON.parse(await readFile(join(root, 'node_modules/@swc/core/package.json'), 'utf8')).version;
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
  const key = createHash('sha256').update([swcVersion, swcrc, path, source].join('\0')).digest('hex');
  const file = join(cache, `${key}.mjs`);
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  const options = { ...JSON.parse(swcrc), filename: path, swcrc: false, sourceMaps: 'inline' };
  delete options.$schema;
  const { transform } = await import('@swc/core'); // a large binary, not needed once everything is in the cache
  const { code } = await transform(source, options);
  await mkdir(cache, { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, code);
  await rename(draft, file); // never a half-written file for a process that starts at the same time
  return code;
}
