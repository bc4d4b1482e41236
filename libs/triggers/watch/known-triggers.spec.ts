import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mongoose';
import { createLog } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import type { StoredTrigger, TriggerCollections } from '../store/index.ts';
import { KnownTriggers } from './known-triggers.ts';

const services = testServices();
let mongo: Connection;
beforeAll(async () => {
  mongo = await createConnection(services.mongodbUri).asPromise();
});
afterAll(async () => {
  await mongo.close();
  await dropTestDatabase(services);
});

it('are those that there are, also where one was removed and made anew between two looks', async () => {
  const triggers = mongo.collection('triggers') as unknown as TriggerCollections['triggers'];
  const known = new KnownTriggers({ triggers } as TriggerCollections, createLog({ level: 'silent' }));
  const made = async (event: string): Promise<void> => {
    const definition = JSON.stringify({ on: { event }, do: { webhook: { url: `https://x.com/${event}` } } });
    const trigger = { _id: 'carts', definition, paused: false, revision: 1 } as StoredTrigger;
    await triggers.replaceOne({ _id: 'carts' }, trigger, { upsert: true });
  };
  const events = async () => (await known.latest()).map(({ definition }) => definition.on);
  await made('Added');
  expect(await events()).toEqual([{ event: 'Added' }]);
  await made('Viewed');
  expect(await events()).toEqual([{ event: 'Viewed' }]);
});
