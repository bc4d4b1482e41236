import { stat } from 'node:fs/promises';
import { join } from 'node:path';

const names = ['index.ts', 'index.js', 'index.mjs'];

/** The file that a plugin's folder starts with: `index.ts`, `index.js` or `index.mjs`, in this order. */
export async function entryFileOf(folder: string): Promise<string | undefined> {
  for (const name of names) {
    const file = join(folder, name);
    if (await isFile(file)) return file;
  }
  return undefined;
}

export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
