import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { mongo, Connection } from 'mongoose';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Signer } from '../crypto/index.ts';
import { connectMongo } from '../mongo/index.ts';
import { checkMasterKey } from './check-master-key.ts';
import type { KeyMark } from './key-mark.schema.ts';

const services = testServices();
const [first, second, third] = Array.from({ length: 3 }, () => randomBytes(32).toString('base64')) as [
  string,
  string,
  string,
];
let connection: Connection;
let marks: mongo.Collection<KeyMark>;

beforeAll(async () => {
  connection = await connectMongo(services.mongodbUri);
  marks = connection.collection<KeyMark>('key_marks');
});
beforeEach(() => marks.deleteMany({}));
afterAll(async () => {
  await connection.close();
  await dropTestDatabase(services);
});

const refused = { code: 'invalid_settings', message: expect.stringContaining('belongs to another master key') };

it('knows the key of the first start again, also behind newer ones', async () => {
  await checkMasterKey(marks, new Signer(first));
  await checkMasterKey(marks, new Signer(first));
  await checkMasterKey(marks, new Signer(second, [first]));
  await checkMasterKey(marks, new Signer(third, [second, first]));
});

it('refuses another key, and one without its predecessor', async () => {
  await checkMasterKey(marks, new Signer(first));
  await expect(checkMasterKey(marks, new Signer(second))).rejects.toMatchObject(refused);
  await expect(checkMasterKey(marks, new Signer(third, [second]))).rejects.toMatchObject(refused);
  await expect(checkMasterKey(marks, new Signer(first, [second]))).rejects.toMatchObject(refused);
});

it('lets one of two that start at once with different keys go on', async () => {
  const starts = await Promise.allSettled([first, second].map((key) => checkMasterKey(marks, new Signer(key))));
  expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});
