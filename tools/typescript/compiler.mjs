// `node compiler.mjs <file.ts>` writes the file's code to stdout, and puts it and what lies around it into the cache.
import { transformSync } from '@swc/core';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { globSync } from 'tinyglobby';
import { compiledPath, root, swcrc } from './compiled-path.mjs';

const { $schema, ...options } = JSON.parse(swcrc);
const [path] = process.argv.slice(2);

try {
  process.stdout.write(compile(path));
} catch (error) {
  process.stderr.write(String(error?.message ?? error).split('\n\nCaused by')[0]);
  process.exit(1);
}
for (const neighbour of neighboursOf(path)) {
  try {
    compile(neighbour);
  } catch {
    // whoever loads it is told
  }
}

/** All of our own files where it is one of them, else those of its folder. */
function neighboursOf(file) {
  const ours = file.startsWith(`${root}/`) && !file.includes('/node_modules/');
  return ours
    ? globSync('{apps,libs,plugins,tools}/**/*.ts', {
        cwd: root,
        absolute: true,
        ignore: ['**/*.spec.ts', '**/*.d.ts'],
      })
    : globSync('*.ts', { cwd: dirname(file), absolute: true });
}

function compile(file) {
  const source = readFileSync(file, 'utf8');
  const kept = compiledPath(file, source);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { code, map } = transformSync(source, { ...options, filename: file, swcrc: false, sourceMaps: true });
  mkdirSync(dirname(kept), { recursive: true });
  put(`${kept}.map`, map);
  put(kept, code);
  return code;
}

/** Never a half-written file for a process that starts at the same time. */
function put(file, text) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}
