import type { mongo } from 'mongoose';

/** False when a unique index has its key already. */
export async function insertUnlessTaken<T extends object>(
  collection: mongo.Collection<T>,
  document: T,
): Promise<boolean> {
  try {
    await collection.insertOne(document as mongo.OptionalUnlessRequiredId<T>);
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === 11000) return false;
    throw error;
  }
}
