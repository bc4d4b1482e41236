import type { Collection, OptionalUnlessRequiredId } from 'mongodb';

/** False when a unique index has its key already. */
export async function insertUnlessTaken<T extends object>(collection: Collection<T>, document: T): Promise<boolean> {
  try {
    await collection.insertOne(document as OptionalUnlessRequiredId<T>);
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === 11000) return false;
    throw error;
  }
}
