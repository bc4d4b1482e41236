// Compiles for the hooks, in a process of its own: swc is a large binary, not needed once everything is in the cache.
import { transform } from '@swc/core';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { compiledPath, swcrc } from './compiled-path.mjs';

const { $schema, ...options } = JSON.parse(swcrc);

process.on('message', async ({ path, source }) => {
  try {
    process.send({ path, code: await compile(path, source) });
  } catch (error) {
    process.send({
      path,
      error: String(error?.message ?? error)
        .split('\n\nCaused by')[0]
        .trimEnd(),
    });
  }
});

process.once('disconnect', () => process.exit());

async function compile(path, source) {
  const { code, map } = await transform(source, { ...options, filename: path, swcrc: false, sourceMaps: true });
  const file = compiledPath(path, source);
  await mkdir(dirname(file), { recursive: true });
  await put(`${file}.map`, map);
  await put(file, code);
  return code;
}

/** Never a half-written file for a process that starts at the same time. */
async function put(file, text) {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, file);
}
