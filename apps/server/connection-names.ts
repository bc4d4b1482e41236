import { MillraceError } from '@millrace/sdk';
import type { Connections } from '#connections';
import type { ConnectionNames } from '#content';
import { Remembered } from '#platform';

/** Milliseconds until every preview calls a connection by its new name. */
const namesLag = 2_000;
const mostNames = 1_000;

/** Names of connections by their ids; of one that was removed nothing is known any more. */
export function connectionNames(connections: Pick<Connections, 'get'>): ConnectionNames {
  const names = new Map<string, Remembered<string | undefined>>();
  const remembered = (id: string): Remembered<string | undefined> => {
    const known = names.get(id);
    if (known) return known;
    if (names.size >= mostNames) names.clear();
    const name = new Remembered(namesLag, () => nameOf(connections, id));
    names.set(id, name);
    return name;
  };
  return async (ids) => {
    const found = await Promise.all(ids.map((id) => remembered(id).get()));
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
