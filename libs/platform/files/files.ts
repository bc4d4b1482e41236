import { constants, type Stats } from 'node:fs';
import { mkdir, open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { MillraceError, type FileAccess } from '@millrace/sdk';
import { glob, isDynamicPattern } from 'tinyglobby';
import { Roots, isMissing, refused } from './roots.ts';

/** Files under the operator's roots. Paths may be relative to the first root; links that lead outside are refused. */
export class Files implements FileAccess {
  private readonly roots: Roots;

  /** `roots` are absolute folders; with none, every access is refused. */
  constructor(roots: string[]) {
    this.roots = new Roots(roots);
  }

  async list(pattern: string): Promise<string[]> {
    const absolute = this.roots.absolute(pattern);
    const found = isDynamicPattern(pattern) ? await this.matches(absolute) : [await this.existing(pattern)];
    if (found.length === 0) throw missing(pattern);
    return found.sort();
  }

  async open(path: string, { start = 0, signal }: { start?: number; signal?: AbortSignal } = {}): Promise<Readable> {
    const { handle } = await this.handle(path, constants.O_RDONLY);
    return handle.createReadStream({ start, signal });
  }

  async size(path: string): Promise<{ bytes: number; modifiedAt: Date }> {
    const { handle, stats } = await this.handle(path, constants.O_RDONLY);
    await handle.close();
    return { bytes: stats.size, modifiedAt: stats.mtime };
  }

  async create(path: string, { append = false }: { append?: boolean } = {}): Promise<Writable> {
    const target = await this.roots.allowed(path);
    await mkdir(dirname(target), { recursive: true });
    const { O_WRONLY, O_CREAT, O_APPEND } = constants;
    const { handle } = await this.handle(target, O_WRONLY | O_CREAT | (append ? O_APPEND : 0));
    if (!append) await handle.truncate(0); // only now that the file is known to be an allowed one
    return handle.createWriteStream();
  }

  async rename(from: string, to: string): Promise<void> {
    const source = await this.existing(from);
    const target = await this.roots.allowed(to);
    await mkdir(dirname(target), { recursive: true });
    await rename(source, target);
  }

  /** Removing what is not there is no error. */
  async remove(path: string): Promise<void> {
    await rm(await this.roots.allowed(path), { force: true });
  }

  private async existing(path: string): Promise<string> {
    const allowed = await this.roots.allowed(path);
    try {
      return await realpath(allowed);
    } catch (error) {
      throw isMissing(error) ? missing(path) : error;
    }
  }

  private async matches(pattern: string): Promise<string[]> {
    await this.roots.allowed(fixedPart(pattern));
    const found = await glob(pattern, { absolute: true, onlyFiles: true, dot: false, followSymbolicLinks: true });
    const allowed = await Promise.all(found.map((path) => this.roots.allowed(path)));
    return [...new Set(allowed)];
  }

  /** Opens first and looks where the path leads then, so that a link swapped in between is noticed. */
  private async handle(path: string, flags: number): Promise<{ handle: FileHandle; stats: Stats }> {
    const allowed = await this.roots.allowed(path);
    const handle = await open(allowed, flags, 0o640).catch((error: unknown) => {
      throw isMissing(error) ? missing(path) : error;
    });
    try {
      const stats = await handle.stat();
      if ((await realpath(allowed)) !== allowed) throw refused(path);
      if (!stats.isFile())
        throw new MillraceError(
          'file_not_found',
          `${path} is not a file: name a file, or a pattern such as ${path}/*.csv.`,
        );
      return { handle, stats };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }
}

/** The folders of a pattern before its first wildcard. */
function fixedPart(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex((part) => isDynamicPattern(part));
  return parts.slice(0, first === -1 ? undefined : first).join('/') || '/';
}

function missing(path: string): MillraceError {
  return new MillraceError(
    'file_not_found',
    `There is no file ${path}: check the path, its spelling and upper and lower case.`,
  );
}
