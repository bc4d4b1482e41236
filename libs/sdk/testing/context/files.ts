import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { MillraceError, type FileAccess } from '../../index.ts';
import { globPattern } from './glob.ts';

/** Real files under a folder; relative paths count from there. What lies outside is refused, as the platform does. */
export function testFiles(root: string): FileAccess {
  const inside = (path: string): string => {
    const absolute = resolve(root, path);
    if (absolute !== resolve(root) && !absolute.startsWith(resolve(root) + sep)) {
      throw new MillraceError('file_not_allowed', `"${path}" is outside the test's folder. Use a path inside it.`);
    }
    return absolute;
  };
  const existing = async (path: string): Promise<string> => {
    try {
      return inside(relative(await realpath(root), await realpath(inside(path))));
    } catch (cause) {
      if (cause instanceof MillraceError) throw cause;
      throw new MillraceError('file_not_found', `There is no file "${path}". Check the path.`, { cause });
    }
  };
  return {
    async list(pattern) {
      const matches = globPattern(inside(pattern));
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => resolve(entry.parentPath, entry.name));
      const found = files.filter((file) => matches.test(file)).sort();
      if (found.length === 0)
        throw new MillraceError('file_not_found', `No file matches "${pattern}". Check the path.`);
      return found;
    },
    async open(path, options = {}) {
      return createReadStream(await existing(path), { start: options.start ?? 0, signal: options.signal });
    },
    async size(path) {
      const { size, mtime } = await stat(await existing(path));
      return { bytes: size, modifiedAt: mtime };
    },
    async create(path, options = {}) {
      const file = inside(path);
      await mkdir(dirname(file), { recursive: true });
      return createWriteStream(file, { flags: options.append ? 'a' : 'w' });
    },
    async rename(from, to) {
      await mkdir(dirname(inside(to)), { recursive: true });
      await rename(await existing(from), inside(to));
    },
    async remove(path) {
      await rm(inside(path), { force: true });
    },
  };
}
