import type { Connection } from 'mongoose';

/**
 * Creates the collections and the declared indexes of every model of a connection, and waits until they are built: unique
 * indexes carry promises, so nothing may be written before. Existing indexes are left alone.
 */
export async function ensureIndexes(connection: Connection): Promise<void> {
  await Promise.all(
    Object.values(connection.models).map(async (model) => {
      await model.createCollection();
      await model.createIndexes();
    }),
  );
}
