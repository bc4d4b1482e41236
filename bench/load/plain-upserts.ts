import mongoose from 'mongoose';
import { customer, type CustomerRow } from './customers.ts';
import { timed } from '../kit/figures.ts';
import type { Passes } from './passes.ts';

const batch = 1_000;

/** What one would write without Millrace: rows at hand, upserted by a unique e-mail, 1,000 a batch. Seconds, without making the rows. */
export async function plainUpserts(mongodbUri: string, database: string, count: number): Promise<Passes> {
  const connection = await mongoose.createConnection(mongodbUri, { dbName: database }).asPromise();
  try {
    const customers = connection.collection<CustomerRow>('customers');
    await customers.createIndex({ email: 1 }, { unique: true });
    const pass = async (changed?: string): Promise<number> => {
      const rows = Array.from({ length: count }, (_, i) => customer(i + 1, changed));
      return timed(async () => {
        for (let start = 0; start < count; start += batch) {
          await customers.bulkWrite(
            rows
              .slice(start, start + batch)
              .map((row) => ({ updateOne: { filter: { email: row.email }, update: { $set: row }, upsert: true } })),
          );
        }
      });
    };
    return { first: await pass(), unchanged: await pass(), tenPercent: await pass('gold') };
  } finally {
    await connection.dropDatabase();
    await connection.close();
  }
}
