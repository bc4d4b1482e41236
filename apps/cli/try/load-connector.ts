import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { findPlugins, loadPlugin, ownPluginsFolder } from '#catalog';
import { MillraceError, type AnyConnector } from '@millrace/sdk';

/** Loads and judges the connector in a folder, as a server does when it starts. */
export async function loadConnector(folder: string): Promise<AnyConnector> {
  const path = resolve(folder);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    throw new MillraceError('file_not_found', `There is no folder ${path}. Name a connector's folder: plugins/file.`);
  }
  const [location, another] = await findPlugins([path]);
  if (!location || another) {
    throw new MillraceError(
      'bad_request',
      `${path} holds several connectors. Name the folder of one, such as ${location?.origin}.`,
    );
  }
  const expectedId = dirname(path) === ownPluginsFolder ? basename(path) : undefined;
  const { connector } = await loadPlugin({ expectedId, ...location });
  return connector;
}
