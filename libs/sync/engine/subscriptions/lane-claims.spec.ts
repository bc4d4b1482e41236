import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { dropTestDatabase, testServices } from '#tools/testing';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import { LaneClaims, type LaneClaimsOptions } from './lane-claims.ts';

const services = testServices();
let client: mongo.MongoClient;
beforeAll(async () => void (client = await new mongo.MongoClient(services.mongodbUri).connect()));
afterAll(async () => {
  await client.close();
  await dropTestDatabase(services);
});

it('tells places of all subscribers, as far as rows have arrived; of ended lanes none', async () => {
  const slices = client.db().collection<SliceDocument>('slices');
  const startsFrom = { lanes: { before: 1, sending: 3, ended: 5 } };
  const run = { _id: 'run_1', plan: { consumers: 2, startsFrom } };
  const slice = (index: number, more: object) => ({ _id: `run_1.${index}`, run: 'run_1', ...more }) as SliceDocument;
  await slices.insertMany([
    slice(0, { lanes: { 'a%2eb': { resume: 9, term: 1 }, ended: { resume: null, term: 2 } } }),
    slice(1, {
      lanes: { sending: { resume: 7, term: 3 } },
      batches: ['bat_1'],
      undelivered: { lane: 'sending', from: 3 },
    }),
  ]);
  // What asking for places needs of them.
  const claims = new LaneClaims({ run, slices } as unknown as LaneClaimsOptions);
  expect(await claims.durable()).toEqual({ before: 1, 'a.b': 9, sending: 7 });
  expect(await claims.arrived()).toEqual({ before: 1, 'a.b': 9, sending: 3 });
});
