import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { MillraceError } from '@millrace/sdk';
import { entryFileOf, isFolder } from './entry-file.ts';
import { looksLikePackage, packageEntry } from './package-entry.ts';
import type { PluginLocation } from './plugin-locations.ts';

/** The connectors that come with Millrace: `plugins/` beside `libs/`. */
export const ownPluginsFolder: string = resolve(import.meta.dirname, '..', '..', '..', 'plugins');

/**
 * Where the plugins of some paths start, in their order, those of a folder by name, none twice.
 *
 * @param paths each a plugin's folder (it has an `index.ts`, `.js` or `.mjs`), a folder of plugins' folders, or the name of an installed package
 * @param cwd what relative paths and packages are resolved from
 * @throws `invalid_settings` for a path that holds no plugin
 */
export async function findPlugins(paths: string[], cwd: string = process.cwd()): Promise<PluginLocation[]> {
  const found = new Map<string, PluginLocation>();
  for (const path of paths) {
    for (const location of await locate(path, cwd)) {
      if (!found.has(location.file)) found.set(location.file, location);
    }
  }
  return [...found.values()];
}

async function locate(path: string, cwd: string): Promise<PluginLocation[]> {
  const folder = resolve(cwd, path);
  if (await isFolder(folder)) {
    const file = await entryFileOf(folder);
    const plugins = file ? [{ file, origin: folder }] : await pluginsIn(folder);
    if (plugins.length === 0) {
      throw new MillraceError(
        'invalid_settings',
        `The plugin folder ${folder} has neither an index.ts (.js, .mjs) nor folders that have one. Correct MILLRACE_PLUGINS.`,
      );
    }
    return plugins;
  }
  const file = looksLikePackage(path) ? await packageEntry(path, cwd) : undefined;
  if (file) return [{ file, origin: path }];
  throw new MillraceError(
    'invalid_settings',
    `The plugin "${path}" is neither a folder (looked at ${folder}) nor an installed package. Correct MILLRACE_PLUGINS, or install the package.`,
  );
}

async function pluginsIn(folder: string): Promise<PluginLocation[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.') && name !== 'node_modules').sort();
  const plugins = await Promise.all(
    names.map(async (name) => {
      const file = await entryFileOf(join(folder, name));
      return file ? [{ file, origin: join(folder, name), expectedId: basename(name) }] : [];
    }),
  );
  return plugins.flat();
}
