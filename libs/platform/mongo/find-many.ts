import type { Connection, mongo } from 'mongoose';

export interface FindManyOptions {
  projection?: mongo.Document;
  sort?: Record<string, 1 | -1>;
  /** Default: all. */
  limit?: number;
}

interface Found<R> {
  cursor: { id: mongo.Long | number; firstBatch: R[] };
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
  const answer = await oneAnswer<T, R>(connection, collection, filter, options);
  return answer ?? (collection.find(filter, options).toArray() as unknown as Promise<R[]>);
}

/** What a filter finds, in one answer of MongoDB; undefined where it does not fit. @param bson options of the driver */
export async function oneAnswer<T extends object, R>(
  connection: Connection,
  collection: mongo.Collection<T>,
  filter: mongo.Filter<T>,
  options: FindManyOptions,
  bson?: mongo.BSONSerializeOptions,
): Promise<R[] | undefined> {
  const find = { find: collection.collectionName, filter, ...options, batchSize: 100_000 };
  const { cursor } = (await connection.db?.command(find, bson)) as unknown as Found<R>;
  if (Number(cursor.id) === 0) return cursor.firstBatch;
  await connection.db?.command({ killCursors: collection.collectionName, cursors: [cursor.id] });
  return undefined;
}
