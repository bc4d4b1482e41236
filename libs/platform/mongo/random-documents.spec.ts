import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo, type Connection } from 'mongoose';
import { dropTestDatabase, testServices } from '#tools/testing';
import { connectMongo, randomDocuments } from './index.ts';

interface Numbered {
  _id: number;
}

describe('documents by chance', () => {
  let connection: Connection;
  let collection: mongo.Collection<Numbered>;

  beforeAll(async () => {
    connection = await connectMongo(testServices().mongodbUri);
    collection = connection.collection('numbered') as unknown as mongo.Collection<Numbered>;
    await collection.insertMany(Array.from({ length: 1_000 }, (_, _id) => ({ _id })));
  });
  afterAll(async () => {
    await connection.close();
    await dropTestDatabase(testServices());
  });

  it.each([
    [20, 20],
    [400, 400],
    [5_000, 1_000],
  ])('are each there once: of 1,000, %d asked for give %d', async (size, given) => {
    const found = await randomDocuments(collection, size);
    expect(new Set(found.map(({ _id }) => _id)).size).toBe(given);
    expect(found).toHaveLength(given);
  });

  it('are read among all where jumping finds the same ones only', async () => {
    const others: mongo.Document[][] = [];
    const repeating = {
      aggregate: (pipeline: mongo.Document[]): unknown => {
        if (!('$sample' in (pipeline[0] ?? {}))) {
          others.push(pipeline);
          return collection.aggregate(pipeline);
        }
        const message = '$sample stage could not find a non-duplicate document after 100 while using a random cursor';
        return { toArray: () => Promise.reject(new mongo.MongoServerError({ message, code: 28_799 })) };
      },
    };
    const found = await randomDocuments<Numbered>(repeating as never, 10, [{ $project: { _id: 1 } }]);
    expect([found.length, others.length]).toEqual([10, 1]);
  });

  it('are not asked for once more where something else failed', async () => {
    await expect(randomDocuments(collection, 10, [{ $nonsense: {} }])).rejects.toThrow('$nonsense');
  });
});
