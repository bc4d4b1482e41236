import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Connection } from 'mongoose';
import { connectMongo, Signer } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Tombstones, tombstoneModel, tombstoneSchema, type KeptOptOut, type Tombstone } from './index.ts';

let connection: Connection;
let tombstones: Tombstones;
let otherProcess: Tombstones;
beforeAll(async () => {
  connection = await connectMongo(testServices().mongodbUri);
  const signer = new Signer(randomBytes(32).toString('base64'));
  const model = connection.model<Tombstone>(tombstoneModel, tombstoneSchema);
  [tombstones, otherProcess] = [new Tombstones(model, signer), new Tombstones(model, signer)];
});
afterAll(async () => {
  await connection.close();
  await dropTestDatabase(testServices());
});

const optOut = (purpose: string): KeptOptOut => ({ channel: 'email', purpose, at: 1 });
const bury = (request: string, names: string[], optOuts: KeptOptOut[] = []): Promise<void> =>
  tombstones.bury(request, { identities: names.map((identity) => ({ identity, optOuts })), records: [] }, new Date());
const refused = async (...names: string[]): Promise<string[]> => {
  const found = await tombstones.among(names.flatMap((name) => tombstones.hashesOf(name)));
  return names.filter((name) => found.has(tombstones.hashOf(name)));
};

it('are heard of by a process whose clock was set back since it last asked', async () => {
  const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
  expect(await otherProcess.any()).toBe(false);
  now.mockRestore();
  await bury('prq_0', ['email:eve@x.com']);
  expect(await otherProcess.any()).toBe(true);
});

it('refuses until all erasures of a person are lifted, and keeps what each knew', async () => {
  const [ann, id] = ['email:ann@x.com', 'user:1'];
  await bury('prq_1', [ann, id], [optOut('news')]);
  await bury('prq_2', [ann], [optOut('news'), optOut('all')]);
  await bury('prq_2', [ann]);
  await tombstones.lift('prq_2', new Date());
  expect(await refused(ann, id)).toEqual([ann, id]);
  expect(await tombstones.lift('prq_1', new Date())).toBe(2);
  expect(await tombstones.lift('prq_1', new Date())).toBe(0);
  expect(await refused(ann, id)).toEqual([]);
  expect((await tombstones.optOutsOf([ann])).get(ann)).toEqual([optOut('news'), optOut('all')]);
  await bury('prq_3', [ann]);
  expect(await refused(ann)).toEqual([ann]);
  await tombstones.lift('prq_3', new Date());
  expect(await refused(ann)).toEqual([]);
});
