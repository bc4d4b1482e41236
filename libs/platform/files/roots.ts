import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { MillraceError } from '@millrace/sdk';
import { errorCodeOf } from '../errors/index.ts';

/** Folders that files must be under, after every symbolic link is resolved. */
export class Roots {
  constructor(private readonly folders: string[]) {}

  /** Relative paths start at the first root. */
  absolute(path: string): string {
    const [first] = this.folders;
    if (first === undefined) {
      throw new MillraceError(
        'file_not_allowed',
        'No folder is open to connectors: set MILLRACE_FILE_ROOTS to the folders they may use.',
      );
    }
    if (path.includes('\0')) throw refused(path);
    return resolve(first, path);
  }

  /**
   * The real path of a file that may not exist yet: links are resolved in the deepest part that does. Throws `file_not_allowed`
   * outside the roots.
   */
  async allowed(path: string): Promise<string> {
    const real = await realPathOf(this.absolute(path));
    for (const folder of this.folders) {
      if (isUnder(real, await realPathOf(folder))) return real;
    }
    throw refused(path);
  }
}

async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if (parent === path || !isMissing(error)) throw error;
    return join(await realPathOf(parent), basename(path));
  }
}

function isUnder(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(String(errorCodeOf(error)));
}

export function refused(path: string): MillraceError {
  return new MillraceError(
    'file_not_allowed',
    `${path.replaceAll('\0', '')} is outside the folders that connectors may use: move it there, or add its folder to MILLRACE_FILE_ROOTS.`,
  );
}
