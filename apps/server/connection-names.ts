import type { Connections } from '#connections';
import type { ConnectionNames } from '#content';
import { RememberedByKey } from '#platform';

/** Milliseconds until every preview calls a connection by its new name. */
const namesLag = 2_000;
const mostNames = 1_000;

/** Names of connections by their ids; of one that was removed nothing is known any more. */
export function connectionNames(connections: Pick<Connections, 'find'>): ConnectionNames {
  const names = new RememberedByKey(namesLag, mostNames, async (id) => (await connections.find(id))?.name);
  return async (ids) => {
    const found = await Promise.all(ids.map((id) => names.get(id)));
    return new Map(found.flatMap((name, i) => (name === undefined ? [] : [[ids[i] ?? '', name]])));
  };
}
