import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mongo, type Connection } from 'mongoose';
import { dropTestDatabase, testServices } from '#tools/testing';
import { bsonBound } from './bson-bound.ts';
import { connectMongo } from './connect-mongo.ts';
import { insertUnordered } from './insert-unordered.ts';

interface Paper {
  _id: number;
  text?: string;
  at?: Date;
}

const services = testServices();
let connection: Connection;
let papers: mongo.Collection<Paper>;

beforeAll(async () => {
  connection = await connectMongo(services.mongodbUri);
  papers = connection.collection<Paper>('papers');
});
beforeEach(() => papers.deleteMany({}));
afterAll(async () => {
  await connection.close();
  await dropTestDatabase(services);
});

it('tells which were there already, and writes the others', async () => {
  const at = new Date('2026-01-01');
  expect(await insertUnordered(connection, papers, [{ _id: 1 }, { _id: 2 }])).toEqual(new Set());
  const given = [{ _id: 2, text: 'late' }, { _id: 3, text: undefined, at }, { _id: 4 }, { _id: 4, text: 'again' }];
  expect(await insertUnordered(connection, papers, given)).toEqual(new Set([0, 3]));
  expect(await papers.find({}, { sort: { _id: 1 } }).toArray()).toEqual([
    ...[{ _id: 1 }, { _id: 2 }, { _id: 3, at }, { _id: 4 }],
  ]);
  expect(await insertUnordered(connection, papers, [])).toEqual(new Set());
});

it('is as durable as every other write', async () => {
  const watched = await connectMongo(services.mongodbUri, { monitorCommands: true });
  const asked: unknown[] = [];
  watched.getClient().on('commandStarted', ({ commandName, command }) => {
    if (commandName === 'insert') asked.push((command as { writeConcern?: unknown }).writeConcern);
  });
  const others = watched.collection<Paper>('papers');
  await others.insertMany([{ _id: 1 }]);
  await insertUnordered(watched, others, [{ _id: 2 }]);
  await watched.close();
  expect(asked).toEqual(Array.from({ length: 2 }, () => ({ w: 'majority', j: true })));
});

it('writes more than fits into one command', async () => {
  const text = 'x'.repeat(1_000_000);
  const given = [...Array.from({ length: 40 }, (_, _id) => ({ _id, text })), { _id: 17, text: 'there already' }];
  expect(await insertUnordered(connection, papers, given)).toEqual(new Set([40]));
  expect(await papers.countDocuments({ text })).toBe(40);
});

it('throws what MongoDB refuses for another reason', async () => {
  const guarded = await connection.createCollection('guarded', { validator: { text: { $type: 'string' } } });
  const given = [{ _id: 1, text: 'as it should be' }, { _id: 2 }];
  const write = insertUnordered(connection, guarded as unknown as mongo.Collection<Paper>, given);
  await expect(write).rejects.toMatchObject({
    ...{ code: 'internal', retryable: true },
    message: expect.stringContaining('(121)'),
  });
  expect(await guarded.countDocuments({})).toBe(1);
});

it('never takes a document for smaller than it is', () => {
  const leaf = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.date(),
    fc.constant(null),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { maxLength: 12 }),
      fc.dictionary(
        fc.string({ minLength: 1 }).filter((name) => !name.includes('\0')),
        tie('tree'),
      ),
      fc.uint8Array(),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'bc', 'höher'), tree), (document) => {
      expect(bsonBound(document)).toBeGreaterThanOrEqual(mongo.BSON.calculateObjectSize(document));
    }),
  );
});
