import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MillraceError } from '@millrace/sdk';
import type { Kind } from './kinds.ts';

export interface NewConnector {
  id: string;
  kind: Kind;
  /** The folder that gets the connector's folder. */
  parent: string;
}

const scaffolds = join(import.meta.dirname, 'scaffolds');
const idPattern = /^[a-z][a-z0-9-]{1,62}$/;

/** Writes a connector that works, and returns its files, relative to the parent. Never touches what exists. */
export async function writeConnector({ id, kind, parent }: NewConnector): Promise<string[]> {
  if (!idPattern.test(id)) {
    throw new MillraceError(
      'bad_request',
      `"${id}" cannot be a connector's id: it must be 2 to 63 lower case letters, digits and hyphens, a letter first, such as my-shop.`,
    );
  }
  await makeFolder(join(parent, id));
  const source = join(scaffolds, kind);
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const written = files.sort().map(async (file) => {
    // `.txt` keeps the sources out of the reach of compiler, linter and tests
    const name = join(id, file.slice(source.length + 1).replace(/\.txt$/, ''));
    await mkdir(dirname(join(parent, name)), { recursive: true });
    await writeFile(join(parent, name), filledIn(await readFile(file, 'utf8'), id));
    return name;
  });
  return Promise.all(written);
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  try {
    await mkdir(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new MillraceError('conflict', `${folder} exists already. Choose another id, or remove it first.`, { cause });
  }
}

function filledIn(text: string, id: string): string {
  return text.replaceAll('__ID__', id).replaceAll('__TITLE__', titleOf(id));
}

/** `my-shop` → `My Shop` */
function titleOf(id: string): string {
  const words = id.split('-').filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
