import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { connectMongo } from '#platform';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Explained {
  queryPlanner: { winningPlan: object };
}

describe('what is looked up all the time', () => {
  let server: TestServer;
  let mongo: Connection;

  beforeAll(async () => {
    mongo = await connectMongo(testServices().mongodbUri);
    const collection = mongo.collection('syncs');
    const asBefore = { partialFilterExpression: { nextRunAt: { $type: 'date' } } } as const;
    await collection.createIndex({ nextRunAt: 1 }, asBefore);
    server = await startTestServer();
  });
  afterAll(async () => {
    await mongo.close();
    await server.close();
  });

  it.each([
    ['connections', { slug: 'crm' }],
    ['sources', { slug: 'web' }],
    ['syncs', { slug: 'people' }],
    ['templates', { slug: 'welcome' }],
    ['syncs', { nextRunAt: { $lte: new Date() } }],
    ['alert_messages', { state: 'pending', notBefore: { $lte: new Date() } }],
  ])('is found by an index: %s %j', async (name, filter) => {
    const { queryPlanner } = (await mongo.collection(name).find(filter).explain('queryPlanner')) as Explained;
    expect(JSON.stringify(queryPlanner.winningPlan)).toContain('IXSCAN');
  });

  it('has no index any more that nothing uses', async () => {
    const syncs = mongo.collection('syncs');
    while (await syncs.indexExists('nextRunAt_1')) await delay(50);
    expect(await syncs.indexExists(['by_slug', 'due'])).toBe(true);
  });
});
