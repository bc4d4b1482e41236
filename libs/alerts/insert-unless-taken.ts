import type { mongo } from 'mongoose';
import { unlessTaken } from '#platform';

/** False when a unique index has its key already. */
export function insertUnlessTaken<T extends object>(collection: mongo.Collection<T>, document: T): Promise<boolean> {
  return unlessTaken(collection.insertOne(document as mongo.OptionalUnlessRequiredId<T>));
}
