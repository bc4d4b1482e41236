import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { lockFile } from './paths.ts';

/** SHA-256, shortened, of a folder's sources and of the versions that are used to build them. */
export async function sourceHash(folder: string): Promise<string> {
  const files = (await glob('**/*', { cwd: folder, ignore: ['**/*.spec.ts', '**/testing/**'] })).sort();
  const hash = createHash('sha256').update(await readFile(lockFile));
  for (const file of files) hash.update(`\0${file}\0`).update(await readFile(join(folder, file)));
  return hash.digest('hex').slice(0, 20);
}
