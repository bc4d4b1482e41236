import { MillraceError } from '@millrace/sdk';
import { findPlugins } from './find-plugins.ts';
import { loadPlugin, type LoadedPlugin } from './load-plugin.ts';

/** Finds and loads every plugin of some paths (see `findPlugins`). One bad plugin fails them all, so that no server runs half. */
export async function loadPlugins(paths: string[], cwd?: string): Promise<LoadedPlugin[]> {
  const plugins = await Promise.all((await findPlugins(paths, cwd)).map(loadPlugin));
  const origins = new Map<string, string>();
  for (const { connector, origin } of plugins) {
    const other = origins.get(connector.id);
    if (other !== undefined) throw duplicateConnector(connector.id, other, origin);
    origins.set(connector.id, origin);
  }
  return plugins;
}

export function duplicateConnector(id: string, first: string, second: string): MillraceError {
  return new MillraceError(
    'duplicate_connector',
    `Two plugins have the id "${id}": ${first} and ${second}. Rename one of them, or take it out of MILLRACE_PLUGINS.`,
    { details: { id, files: [first, second] } },
  );
}
