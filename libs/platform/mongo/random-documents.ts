import { mongo } from 'mongoose';

/** Jumping by chance, MongoDB came upon the same documents again and again. */
const onlyRepeats = 28_799;
const everything = { $match: { _id: { $exists: true } } };

/**
 * Some documents by chance, each once; all of them where there are no more. For less than a twentieth of a collection MongoDB jumps from one to the next;
 * for more, and where its jumps found too few different ones, it reads and sorts all. `stages` follow in the pipeline.
 */
export async function randomDocuments<T extends object, R = T>(
  collection: mongo.Collection<T>,
  size: number,
  stages: mongo.Document[] = [],
): Promise<R[]> {
  const pipeline = [{ $sample: { size } }, ...stages];
  try {
    return (await collection.aggregate(pipeline).toArray()) as R[];
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError && error.code === onlyRepeats)) throw error;
    return (await collection.aggregate([everything, ...pipeline]).toArray()) as R[]; // not jumped through
  }
}
