import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { connectMongo } from '#platform';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Explained {
  queryPlanner: { winningPlan: object };
}

/** What MongoDB notes of an operation. */
interface Profiled {
  ns: string;
  planSummary?: string;
  command: { filter?: object; query?: object; q?: object };
}

/** Of which there are a few dozen at most. */
const small = ['alert_rules', 'blocks', 'system.profile', 'trait_sealings'];

const timelines = ['orders', 'events'];

const asked = [
  ...['connections', 'connections/crm', 'syncs', 'syncs/people', 'runs?sync=people', 'overview', 'alerts', 'audit'],
  ...['profiles', 'profiles?q=ann', 'templates', 'templates/welcome', 'audiences/ghent', 'audiences/ghent/members'],
];

describe('indexes', () => {
  let server: TestServer;
  let mongo: Connection;

  beforeAll(async () => {
    mongo = await connectMongo(testServices().mongodbUri);
    const asBefore = { partialFilterExpression: { nextRunAt: { $type: 'date' } } } as const;
    await mongo.collection('syncs').createIndex({ nextRunAt: 1 }, asBefore);
    for (const name of timelines) await mongo.collection(name).createIndex({ p: 1, at: -1 });
    await mongo.createCollection('system.profile', { capped: true, size: 50_000_000 });
    await mongo.db?.command({ profile: 2 });
    server = await startTestServer();
  });
  afterAll(async () => {
    await mongo.db?.command({ profile: 0 });
    await mongo.close();
    await server.close();
  });

  it.each([
    ['connections', { slug: 'crm' }],
    ['sources', { slug: 'web' }],
    ['syncs', { slug: 'people' }],
    ['templates', { slug: 'welcome' }],
    ['syncs', { nextRunAt: { $lte: new Date() } }],
    ['privacy_requests', { state: 'waiting' }],
    ['alert_messages', { state: 'pending', notBefore: { $lte: new Date() } }],
  ])('find what is looked up all the time: %s %j', async (name, filter) => {
    const { queryPlanner } = (await mongo.collection(name).find(filter).explain('queryPlanner')) as Explained;
    expect(JSON.stringify(queryPlanner.winningPlan)).toContain('IXSCAN');
  });

  it('that nothing uses any more are dropped', async () => {
    const syncs = mongo.collection('syncs');
    while (await syncs.indexExists('nextRunAt_1')) await delay(50);
    expect(await syncs.indexExists(['by_slug', 'due'])).toBe(true);
    for (const name of timelines) while (await mongo.collection(name).indexExists('p_1_at_-1')) await delay(50);
  });

  it('find whatever is looked for from a source to a preview', async () => {
    const { http, folder } = server;
    const file = join(folder, 'people.csv');
    await writeFile(file, 'id,email,city\n1,ann@example.com,Ghent\n2,ben@example.com,Bruges\n');
    const config = { path: file, key: 'id' };
    await http.put('/api/connections/crm', { name: 'CRM', connector: 'file', config });
    await http.put('/api/syncs/people', {
      ...{
        name: 'People',
        from: { connection: 'crm', stream: 'rows' },
        to: { connection: 'profiles', object: 'profile' },
      },
      ...{ mapping: { 'identities.email': 'email', 'traits.city': 'city' }, schedule: { every: '1h' } },
    });
    const condition = { field: 'traits.city', is: 'equals', value: 'Ghent' };
    await http.put('/api/audiences/ghent', { condition });
    const mail = { name: 'Welcome', subject: 'Hello {{city}}', source: '<p>{{city}}</p>' };
    await http.put('/api/templates/welcome', mail);
    const { data: run } = await http.post<{ id: string }>('/api/syncs/people/runs');
    while (!(await http.get<{ endedAt?: string }>(`/api/runs/${run.id}`)).data.endedAt) await delay(50);
    const preview = { template: 'welcome', identity: 'email:ann@example.com' };
    const { status, data } = await http.post<{ subject: string }>('/api/preview', preview);
    expect([status, data.subject]).toEqual([200, 'Hello Ghent']);
    for (const path of asked) expect([path, (await http.get(`/api/${path}`)).status]).toEqual([path, 200]);
    expect(await scans()).toEqual([]);
  });

  /** Conditions for which whole collections were read. */
  async function scans(): Promise<string[]> {
    const found = await mongo
      .collection<Profiled>('system.profile')
      .find({ planSummary: /COLLSCAN/ })
      .toArray();
    const told = found.flatMap(({ ns, command: { filter, query, q } }) => {
      const collection = ns.slice(ns.indexOf('.') + 1);
      const condition = filter ?? query ?? q ?? {};
      if (small.includes(collection) || Object.keys(condition).length === 0) return [];
      return [`${collection} ${JSON.stringify(condition)}`];
    });
    return [...new Set(told)];
  }
});
