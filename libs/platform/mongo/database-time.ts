import type { Connection } from 'mongoose';

/** What the database's clock says: one for all processes, whose own may differ. */
export async function databaseTime(connection: Connection): Promise<Date> {
  const { localTime } = (await connection.getClient().db('admin').command({ hello: 1 })) as { localTime: Date };
  return localTime;
}
