import type { mongo } from 'mongoose';
import { unlessTaken } from './write-conflicts.ts';

interface Revised {
  _id: string;
  /** Absent: not changed since changes were counted. */
  revision?: number;
}

/** Of what was kept before its changes were counted, the first. */
export function revisionOf({ revision = 1 }: Pick<Revised, 'revision'>): number {
  return revision;
}

/** Finds what is at a revision. */
export function atRevision(revision: number): { revision: number | { $in: (number | null)[] } } {
  return { revision: revision === 1 ? { $in: [1, null] } : revision };
}

/**
 * Puts a document in the place of the revision that was seen. False: it is another one by now.
 *
 * @param seen 0: there was none
 */
export async function putRevision<T extends Revised>(
  collection: mongo.Collection<T>,
  next: T,
  seen: number,
  options: { session?: mongo.ClientSession } = {},
): Promise<boolean> {
  if (seen === 0) return unlessTaken(collection.insertOne(next as mongo.OptionalUnlessRequiredId<T>, options));
  const present = { _id: next._id, ...atRevision(seen) } as mongo.Filter<T>;
  return (await collection.replaceOne(present, next, options)).matchedCount === 1;
}
