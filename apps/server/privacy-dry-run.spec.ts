import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { startReceiver, testServices, type Receiver } from '#tools/testing';
import { ApiClient, type RunView } from '../cli/index.ts';
import { endedRun } from './testing/ended-run.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Reach {
  profiles: string[];
  identities: string[];
  counts: Record<string, number>;
  destinations: { syncName: string; object: string; rows: number }[];
  isWhole: boolean;
}

interface Carried {
  state: string;
  counts: Record<string, number>;
  destinations: { syncName: string; deleted: number; byHand: number }[];
}

const ann = 'email:ann@example.com';

/** Ann's visits and leads name her in no profile's record: they are hers by what became of them, and by the address in them. */
describe('a dry run of what somebody may ask for', () => {
  let server: TestServer;
  let api: ApiClient;
  let receiver: Receiver;
  let database: mongo.MongoClient;

  beforeAll(async () => {
    server = await startTestServer();
    api = new ApiClient({ url: server.url, key: server.adminKey });
    receiver = await startReceiver();
    database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    await source('people', 'id,email\nc1,ann@example.com\nc2,bob@example.com\n');
    await source('visits', 'id,customer,at\nv1,c1,2026-01-01\nv2,c2,2026-01-02\nv3,c1,2026-01-03\n');
    await source('leads', 'id,email\nl1,ann@example.com\nl2,bob@example.com\n');
    const config = { url: receiver.url, key: ['id'] };
    await api.put('/api/connections/crm', { name: 'The CRM', connector: 'webhook', config });
    await sync('people', { connection: 'profiles', object: 'profile' }, 'people', {
      'identities.email': 'email',
      'identities.customer_id': 'id',
    });
    await sync('visits', { connection: 'profiles', object: 'event' }, 'visits', {
      'identities.customer_id': 'customer',
      id: 'id',
      name: { value: 'Visit' },
      at: 'at | date',
    });
    for (const name of ['visits', 'leads']) {
      await sync(`${name}-raw`, { connection: 'landing', object: 'row' }, name);
      await sync(`${name}-to-crm`, { connection: 'crm', object: 'rows' }, name, { id: 'id' });
    }
    const syncs = ['people', 'visits', 'visits-raw', 'leads-raw', 'visits-to-crm', 'leads-to-crm'];
    for (const slug of syncs) expect([slug, (await run(slug)).state]).toEqual([slug, 'succeeded']);
    await source('visits', 'id,customer,at\nv1,c1,never\n'); // its time cannot be read
    expect((await run('visits')).ledger.rejected).toBe(1);
    await run('visits-raw');
  });

  afterAll(async () => {
    await database.close();
    receiver.close();
    await server.close();
  });

  async function source(slug: string, text: string): Promise<void> {
    await writeFile(join(server.folder, `${slug}.csv`), text);
    const config = { path: `${slug}.csv`, key: ['id'] };
    await api.put(`/api/connections/${slug}`, { name: slug, connector: 'file', config });
  }
  const sync = (slug: string, to: object, from: string, mapping?: object): Promise<unknown> =>
    api.put(`/api/syncs/${slug}`, { name: slug, from: { connection: from, stream: 'rows' }, to, mapping });
  const run = async (slug: string): Promise<RunView> =>
    endedRun(api, await api.post<RunView>(`/api/syncs/${slug}/runs`, { full: true }));
  const reach = (identity: string): Promise<Reach> => api.post('/api/privacy/requests/dry-run', { identity });

  /** Waiting times pass at once. */
  async function carriedOut(kind: string): Promise<Carried & { id: string }> {
    const { id } = await api.post<{ id: string }>('/api/privacy/requests', { kind, identity: ann });
    const passed = { notBefore: new Date(), 'steps.$[].doneAt': new Date(Date.now() - 3_600_000) };
    for (;;) {
      await database.db().collection('privacy_requests').updateMany({ open: true }, { $set: passed });
      const request = await api.get<Carried>(`/api/privacy/requests/${id}`);
      if (request.state === 'done') return { ...request, id };
      await delay(100);
    }
  }

  it('finds whom it means, all that an export gives, and all that an erasure tells others to delete', async () => {
    const { profiles, identities, counts, destinations, isWhole } = await reach('ann@example.com');
    expect([profiles.length, identities, isWhole]).toEqual([1, ['customer_id:c1', ann], true]);
    expect(counts).toEqual({
      ...{ profile: 1, records: expect.any(Number), events: 2, history: 1 },
      ...{ 'landed rows': 3, 'former landed rows': 1, 'rejected rows': 1 },
    });
    const there = Object.fromEntries(destinations.map(({ syncName, rows }) => [syncName, rows]));
    expect(there).toEqual({ 'visits-to-crm': 2, 'leads-to-crm': 1 });
    expect((await api.get<{ data: object[] }>('/api/privacy/requests')).data).toEqual([]);

    const exported = await carriedOut('export');
    expect(exported.counts).toEqual({ ...counts, 'other systems': 2 });
    const data = await api.get<Record<string, object[]>>(`/api/privacy/requests/${exported.id}/export.json`);
    const lengths = Object.entries(data).map(([section, items]) => [section, items.length]);
    expect(Object.fromEntries(lengths)).toEqual(exported.counts);
    expect(data['other systems']).toContainEqual({ system: 'The CRM', sync: 'leads-to-crm', object: 'rows', rows: 1 });
    expect(JSON.stringify(data)).not.toMatch(/bob@|v2|l2/);

    const erased = await carriedOut('erase');
    const told = erased.destinations.map(({ syncName, deleted, byHand }) => [syncName, deleted + byHand]);
    expect(Object.fromEntries(told)).toEqual(there);
    expect(await reach(ann)).toMatchObject({ profiles: [], counts: {}, destinations: [] });
  });

  it('finds what names somebody who has no profile, and says what is no identity', async () => {
    expect(await reach('nobody@example.com')).toEqual({
      ...{ profiles: [], identities: ['email:nobody@example.com'] },
      ...{ counts: {}, destinations: [], isWhole: true },
    });
    for (const both of [{}, { identity: ann, profile: 'p_1' }])
      expect(await server.http.post('/api/privacy/requests/dry-run', both)).toMatchObject({
        ...{ status: 400, data: { code: 'bad_request', detail: 'Name the person by `identity` or by `profile`.' } },
      });
    const gone = await server.http.post('/api/privacy/requests', { kind: 'erase', profile: 'p_1' });
    expect(gone).toMatchObject({ status: 404, data: { code: 'profile_not_found' } });
    const wrong = await server.http.post('/api/privacy/requests/dry-run', { identity: 'email:' });
    expect(wrong).toMatchObject({ status: 422, data: { code: 'invalid_identity' } });
  });
});
