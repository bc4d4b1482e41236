import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { dropTestDatabase, testServices } from '#tools/testing';
import { connectMongo } from './connect-mongo.ts';
import { findMany } from './find-many.ts';

const services = testServices();
let connection: Connection;

beforeAll(async () => {
  connection = await connectMongo(services.mongodbUri);
});
afterAll(async () => {
  await connection.close();
  await dropTestDatabase(services);
});

it('finds what a cursor finds, however much it is', async () => {
  const papers = connection.collection<{ _id: number; text: string; at: Date }>('papers');
  const at = new Date('2026-01-01');
  await papers.insertMany(Array.from({ length: 30 }, (_, i) => ({ _id: i, text: 'x'.repeat(1_000_000), at })));
  const wanted = { _id: { $lt: 25 } }; // 25 MB: more than one answer holds
  const found = await findMany(connection, papers, wanted);
  expect(found.map(({ _id, text, at: when }) => [_id, text.length, when])).toEqual(
    Array.from({ length: 25 }, (_, i) => [i, 1_000_000, at]),
  );
  expect(await findMany(connection, papers, wanted, { at: 1 })).toEqual(
    await papers.find(wanted, { projection: { at: 1 } }).toArray(),
  );
  expect(await findMany(connection, papers, { _id: 99 })).toEqual([]);
});
