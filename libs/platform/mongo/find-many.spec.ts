import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { dropTestDatabase, testServices } from '#tools/testing';
import { connectMongo } from './connect-mongo.ts';
import { findLazily } from './find-lazily.ts';
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
  expect(await findMany(connection, papers, wanted, { projection: { at: 1 } })).toEqual(
    await papers.find(wanted, { projection: { at: 1 } }).toArray(),
  );
  expect([...(await findLazily(connection, papers, wanted))].map(({ _id, at: when }) => [_id, when])).toEqual(
    Array.from({ length: 25 }, (_, i) => [i, at]),
  );
  const newest = { sort: { _id: -1 }, limit: 3, projection: { _id: 1 } } as const;
  expect(await findMany(connection, papers, wanted, newest)).toEqual([{ _id: 24 }, { _id: 23 }, { _id: 22 }]);
  const lazy = await findLazily(connection, papers, wanted, newest);
  expect([lazy.length, ...lazy]).toEqual([3, { _id: 24 }, { _id: 23 }, { _id: 22 }]);
  expect(await findMany(connection, papers, { _id: 99 })).toEqual([]);
});
