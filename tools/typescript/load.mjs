import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compiledPath } from './compiled-path.mjs';

const compiler = fileURLToPath(new URL('compiler.mjs', import.meta.url));

export const isTypeScript = (url) => /^file:.*\.ts(\?.*)?$/.test(url);

/** A TypeScript file as a module hook gives it. Throws what the compiler says. */
export function loadTypeScript(url) {
  const path = fileURLToPath(url.replace(/\?.*$/, ''));
  return { format: 'module', source: compiled(path) ?? compile(path), shortCircuit: true };
}

function compiled(path) {
  const source = readFileSync(path, 'utf8');
  try {
    return readFileSync(compiledPath(path, source), 'utf8');
  } catch {
    return undefined;
  }
}

/** In a process of its own, which puts what lies around into the cache, too: swc is a large binary, not needed once everything is there. */
function compile(path) {
  const options = { encoding: 'utf8', maxBuffer: Infinity };
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [compiler, path], options);
  if (status === 0) return stdout;
  throw error ?? new Error(stderr.trimEnd());
}
