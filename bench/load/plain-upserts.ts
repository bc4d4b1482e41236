import mongoose from 'mongoose';
import { customer, type CustomerRow } from './customers.ts';
import { timed } from '../kit/figures.ts';
import type { Passes } from './passes.ts';
import { warmUp } from './warm-up.ts';

type CustomerCollection = mongoose.Collection<CustomerRow>;

const batch = 1_000;

/** What one would write without Millrace: rows at hand, upserted by a unique e-mail, 1,000 a batch. Seconds, without making the rows and after a warm-up. */
export async function plainUpserts(mongodbUri: string, database: string, count: number): Promise<Passes> {
  const connection = await mongoose.createConnection(mongodbUri, { dbName: database }).asPromise();
  try {
    await upsert(await emptyCollection(connection, 'warm_up'), customers(warmUp));
    const collection = await emptyCollection(connection, 'customers');
    const pass = (changed?: string): Promise<number> => {
      const rows = customers({ from: 1, to: count }, changed);
      return timed(() => upsert(collection, rows));
    };
    return { first: await pass(), unchanged: await pass(), tenPercent: await pass('gold') };
  } finally {
    await connection.dropDatabase();
    await connection.close();
  }
}

async function emptyCollection(connection: mongoose.Connection, name: string): Promise<CustomerCollection> {
  const collection = connection.collection<CustomerRow>(name);
  await collection.createIndex({ email: 1 }, { unique: true });
  return collection;
}

function customers({ from, to }: { from: number; to: number }, changed?: string): CustomerRow[] {
  return Array.from({ length: to - from + 1 }, (_, i) => customer(from + i, changed));
}

async function upsert(collection: CustomerCollection, rows: CustomerRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += batch) {
    await collection.bulkWrite(
      rows
        .slice(start, start + batch)
        .map((row) => ({ updateOne: { filter: { email: row.email }, update: { $set: row }, upsert: true } })),
    );
  }
}
