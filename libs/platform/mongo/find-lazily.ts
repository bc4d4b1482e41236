import { mongo, type Connection } from 'mongoose';
import { oneAnswer, type FindManyOptions } from './find-many.ts';

/** Documents as they came from MongoDB; each is decoded when it is gone to. */
export interface LazyDocuments<T> extends Iterable<T> {
  length: number;
}

/**
 * What `findMany` finds, for who goes through it once and keeps little of each: a page of decoded documents is many objects, which are copied again and
 * again by the garbage collector as long as they are all there.
 */
export async function findLazily<T extends object>(
  connection: Connection,
  collection: mongo.Collection<T>,
  filter: mongo.Filter<T>,
  options: FindManyOptions = {},
): Promise<LazyDocuments<T>> {
  const raw = { fieldsAsRaw: { firstBatch: true } };
  const answer = await oneAnswer<T, Buffer>(connection, collection, filter, options, raw);
  if (answer) return decoded(answer);
  return decoded((await collection.find(filter, { ...options, raw: true }).toArray()) as unknown as Buffer[]);
}

function decoded<T>(documents: Buffer[]): LazyDocuments<T> {
  return {
    length: documents.length,
    *[Symbol.iterator]() {
      for (const document of documents) yield mongo.BSON.deserialize(document) as T;
    },
  };
}
