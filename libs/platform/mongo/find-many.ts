import type { Connection, mongo } from 'mongoose';

interface Found<T> {
  cursor: { id: mongo.Long | number; firstBatch: T[] };
}

export interface FindManyOptions {
  projection?: mongo.Document;
  sort?: Record<string, 1 | -1>;
  /** Default: all. */
  limit?: number;
}

/**
 * All documents that a filter finds, for hot paths that look up a page's worth: the answer is decoded as a whole, which takes half the time and
 * garbage of a cursor's document by document. What does not fit into one answer (16 MB) is read with a cursor.
 */
export async function findMany<T extends object, R = T>(
  connection: Connection,
  collection: mongo.Collection<T>,
  filter: mongo.Filter<T>,
  options: FindManyOptions = {},
): Promise<R[]> {
  const { cursor } = (await connection.db?.command({
    find: collection.collectionName,
    filter,
    ...options,
    batchSize: 100_000,
  })) as unknown as Found<R>;
  if (Number(cursor.id) === 0) return cursor.firstBatch;
  await connection.db?.command({ killCursors: collection.collectionName, cursors: [cursor.id] });
  return collection.find(filter, options).toArray() as unknown as Promise<R[]>;
}
