import { setTimeout as delay } from 'node:timers/promises';
import type { BulkWrite, Collection, Filter } from './native-collection.ts';
import { writeUnordered } from '#platform';

export interface Versioned {
  _id: string;
  /** Raised by every write, which filters on the one it read. */
  v: number;
}

const attempts = 8;

/**
 * Brings documents up to date, whoever else does so at the same time: reads them in one go, asks `fold` for each what it becomes
 * (undefined: stays as it is; called again after a lost race), and writes what changed by the version that was read. Gives the ids that
 * lost every race.
 */
export async function foldDocuments<T extends Versioned>(
  collection: Collection<T>,
  ids: readonly string[],
  fold: (id: string, before: T | undefined) => T | undefined,
): Promise<Set<string>> {
  let open = [...ids];
  for (let attempt = 1; open.length > 0 && attempt <= attempts; attempt++) {
    if (attempt > 1) await delay(Math.random() * 10 * 2 ** attempt);
    const known = await documentsById(collection, open);
    const changes = open.flatMap((id) => {
      const after = fold(id, known.get(id));
      return after ? [{ before: known.get(id), after }] : [];
    });
    open = await writeChanges(collection, changes);
  }
  return new Set(open);
}

export async function documentsById<T extends { _id: string }>(
  collection: Collection<T>,
  ids: readonly string[],
): Promise<Map<string, T>> {
  if (ids.length === 0) return new Map();
  const found = await collection.find({ _id: { $in: ids } } as Filter<T>).toArray();
  return new Map(found.map((document) => [document._id as string, document as T]));
}

/** Writes each in place of the version that was read (undefined: it must not exist yet). Gives the ids of those that somebody else has written meanwhile. */
export async function writeChanges<T extends Versioned>(
  collection: Collection<T>,
  changes: readonly { before: T | undefined; after: T }[],
): Promise<string[]> {
  if (changes.length === 0) return [];
  const operations = changes.map(({ before, after }) => operation(before, after));
  const lost = await writeUnordered(() => collection.bulkWrite(operations, { ordered: false }));
  return changes.flatMap(({ after }, position) => (lost.has(position) ? [after._id] : []));
}

function operation<T extends Versioned>(before: T | undefined, after: T): BulkWrite<T> {
  if (!before) return { insertOne: { document: after } } as BulkWrite<T>;
  const { _id, ...replacement } = after;
  return { replaceOne: { filter: { _id, v: before.v }, replacement, upsert: true } } as unknown as BulkWrite<T>;
}
