import { Agent } from 'node:http';
import axios from 'axios';
import mongoose from 'mongoose';
import { timed } from '../kit/figures.ts';

interface Part {
  i: string[];
  t: Record<string, unknown>;
}

/** What one would write without Millrace: a cursor over the people, their fields as an object, a POST a batch. Seconds. */
export async function plainPosts(mongodbUri: string, database: string, url: string, batch: number): Promise<number> {
  const connection = await mongoose.createConnection(mongodbUri, { dbName: database }).asPromise();
  const client = axios.create({ httpAgent: new Agent({ keepAlive: true }) });
  try {
    const people = connection.collection<{ parts: Part[] }>('profiles');
    return await timed(async () => {
      let rows: object[] = [];
      const post = async (): Promise<void> => {
        await client.post(url, { type: 'rows', data: rows });
        rows = [];
      };
      for await (const { parts } of people.find({}, { projection: { parts: 1 } })) {
        const { i = [], t } = parts[0] ?? {};
        rows.push({ record: { email: i[0]?.slice('email:'.length), ...t } });
        if (rows.length === batch) await post();
      }
      if (rows.length > 0) await post();
    });
  } finally {
    await connection.close();
  }
}
