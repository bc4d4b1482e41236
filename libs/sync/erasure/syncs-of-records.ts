import type { Collections } from '../collections.ts';
import type { Sync } from '../syncs/sync.schema.ts';

/** A sync, and the keys of records that it read. */
export interface RecordsOfSync {
  sync: Pick<Sync, '_id' | 'name' | 'to'>;
  keys: readonly string[];
  /** How further keys begin. */
  starts?: readonly string[];
}

/** The keys of records in any stream of some connections. */
export interface ReadKeys extends Omit<RecordsOfSync, 'sync'> {
  connections: readonly string[];
}

/** The syncs that read the connections, whatever the stream: each with all of the keys. */
export async function syncsReading(
  collections: Collections,
  { connections, ...keys }: ReadKeys,
): Promise<RecordsOfSync[]> {
  const syncs = await collections.syncs
    .find<RecordsOfSync['sync']>({ 'from.connection': { $in: [...connections] } }, { projection: { name: 1, to: 1 } })
    .toArray();
  return syncs.map((sync) => ({ sync, ...keys }));
}

/** Which syncs read some records (`<connection>/<stream>/<key>`; a long key is there as `#` and its hash, and not found by it). */
export async function syncsOfRecords(collections: Collections, records: readonly string[]): Promise<RecordsOfSync[]> {
  const byStream = new Map<string, string[]>();
  for (const record of records) {
    const end = record.indexOf('/', record.indexOf('/') + 1);
    const stream = record.slice(0, end);
    byStream.set(stream, [...(byStream.get(stream) ?? []), record.slice(end + 1)]);
  }
  if (byStream.size === 0) return [];
  const connections = [...byStream.keys()].map((stream) => decodeURIComponent(stream.slice(0, stream.indexOf('/'))));
  const syncs = await collections.syncs
    .find<Pick<Sync, '_id' | 'name' | 'from' | 'to'>>(
      { 'from.connection': { $in: connections } },
      { projection: { name: 1, from: 1, to: 1 } },
    )
    .toArray();
  return syncs.flatMap(({ from, ...sync }) => {
    const keys = byStream.get(`${encodeURIComponent(from.connection)}/${encodeURIComponent(from.stream)}`);
    return keys ? [{ sync, keys }] : [];
  });
}
