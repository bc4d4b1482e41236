import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const swcVersion = JSON.parse(readFileSync(join(root, 'node_modules/@swc/core/package.json'), 'utf8')).version;

export const swcrc = readFileSync(join(root, '.swcrc'), 'utf8');

/** Where a file's compiled form is kept: `.mjs`, with its source map beside it as `.mjs.map`. */
export function compiledPath(path, source) {
  const key = createHash('sha256').update([swcVersion, swcrc, path, source].join('\0')).digest('hex');
  return join(root, 'node_modules', '.cache', 'millrace-ts-2', `${key}.mjs`);
}
