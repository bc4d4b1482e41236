import type { mongo } from 'mongoose';

/** Drops an index that is declared no more, where it is there: in steps of migrations, which may be repeated. */
export async function dropFormerIndex(
  collection: Pick<mongo.Collection, 'indexExists' | 'dropIndex'>,
  name: string,
): Promise<void> {
  if (await collection.indexExists(name)) await collection.dropIndex(name);
}
