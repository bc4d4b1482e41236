import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MillraceError, messageOf } from '@millrace/sdk';
import { entryFileOf, isFile, isFolder } from './entry-file.ts';

const packageName = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

export function looksLikePackage(name: string): boolean {
  return packageName.test(name);
}

/**
 * The file that `import 'name'` would load in a module of `from`; undefined when no such package is installed. Node's own resolver cannot be
 * asked: `require.resolve` knows no package that is for `import` only, and `import.meta.resolve` starts from this file.
 */
export async function packageEntry(name: string, from: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const home = join(folder, 'node_modules', name);
    if (await isFolder(home)) return entryOfPackage(home);
    if (folder === dirname(folder)) return undefined;
  }
}

async function entryOfPackage(home: string): Promise<string | undefined> {
  const manifest = await manifestOf(join(home, 'package.json'));
  const named = importTarget(manifest.exports) ?? manifest.main;
  if (typeof named !== 'string') return entryFileOf(home);
  const file = join(home, named);
  if (await isFile(file)) return file;
  return (await isFile(`${file}.js`)) ? `${file}.js` : entryFileOf(file);
}

async function manifestOf(file: string): Promise<{ exports?: unknown; main?: unknown }> {
  if (!(await isFile(file))) return {};
  try {
    return JSON.parse(await readFile(file, 'utf8')) as { exports?: unknown; main?: unknown };
  } catch (error) {
    throw new MillraceError(
      'invalid_connector',
      `${file} is not JSON: ${messageOf(error)}. Install the package again.`,
      {
        cause: error,
      },
    );
  }
}

/** The target of `exports` for an import of the package itself: the first condition that Node would take. */
function importTarget(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (Array.isArray(exports)) return exports.map(importTarget).find((target) => target !== undefined);
  if (typeof exports !== 'object' || exports === null) return undefined;
  const map = exports as Record<string, unknown>;
  if ('.' in map) return importTarget(map['.']);
  for (const [condition, target] of Object.entries(map)) {
    if (!['import', 'node', 'module-sync', 'default'].includes(condition)) continue;
    const found = importTarget(target);
    if (found) return found;
  }
  return undefined;
}
