import { MillraceError } from '@millrace/sdk';
import type { Connections } from '#connections';
import type { ConnectionNames } from '#content';

/** Names of connections by their ids; of one that was removed nothing is known any more. */
export function connectionNames(connections: Pick<Connections, 'get'>): ConnectionNames {
  return async (ids) => {
    const found = await Promise.all(ids.map((id) => nameOf(connections, id)));
    return new Map(found.flatMap((name, i) => (name === undefined ? [] : [[ids[i] ?? '', name]])));
  };
}

async function nameOf(connections: Pick<Connections, 'get'>, id: string): Promise<string | undefined> {
  try {
    return (await connections.get(id)).name;
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'not_found') return undefined;
    throw error;
  }
}
