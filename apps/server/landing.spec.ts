import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { startReceiver, testServices, type Receiver } from '#tools/testing';
import { ApiClient, type RunView } from '../cli/index.ts';
import { endedRun } from './testing/ended-run.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const header = 'id,email,first_name,city,updated_at\n';
const lines = Array.from(
  { length: 30 },
  (_, i) => `${i},Person${i}@x.com,N${i},City${i % 3},2024-05-${String(1 + (i % 20)).padStart(2, '0')}T00:00:00Z\n`,
);
const csv = header + lines.join('');
const mapping = {
  'identities.email': 'email | trim | lower',
  'identities.$source': 'id',
  'traits.firstName': 'first_name',
};

interface StoredProfile {
  ids: string[];
  parts: { k: string; t: object; i: string[]; a: number; h: string }[];
}

interface LineageView extends Record<'inputs' | 'outputs', { namespace: string; name: string }[]> {
  job: { name: string };
}

describe('landing first, mapping later', () => {
  let lineage: Receiver;
  let server: TestServer;
  let api: ApiClient;
  let database: mongo.MongoClient;
  let file: string;

  beforeAll(async () => {
    lineage = await startReceiver();
    server = await startTestServer({ openLineageUrl: lineage.url });
    api = new ApiClient({ url: server.url, key: server.adminKey });
    database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    file = join(server.folder, 'people.csv');
    await writeFile(file, csv);
    await api.put('/api/connections/shop-files', {
      name: 'Files',
      connector: 'file',
      config: { path: 'people.csv', key: ['id'], cursor: 'updated_at' },
    });
  });

  afterAll(async () => {
    await database.close();
    await server.close();
    lineage.close();
  });

  const put = <T>(slug: string, body: object): Promise<T> => api.put(`/api/syncs/${slug}`, { name: slug, ...body });
  const toProfiles = { connection: 'profiles', object: 'profile' };
  const fromLanding = { connection: 'landing', stream: 'shop-files.rows' };

  async function ended(current: RunView): Promise<RunView> {
    const run = await endedRun(api, current);
    expect({ state: run.state, reason: run.reason }).toEqual({ state: 'succeeded', reason: undefined });
    return run;
  }

  const run = async (slug: string): Promise<RunView> => ended(await api.post<RunView>(`/api/syncs/${slug}/runs`));

  async function people(): Promise<unknown> {
    const profiles = await database.db().collection<StoredProfile>('profiles').find().toArray();
    const identities = await database.db().collection('identities').find().toArray();
    return {
      identities: identities.map(({ _id }) => String(_id)).sort(),
      profiles: profiles
        .map(({ ids, parts }) => ({ ids, parts: parts.map(({ k, t, i, a, h }) => ({ k, t, i, a, h })) }))
        .sort((x, y) => ((x.ids[0] ?? '') < (y.ids[0] ?? '') ? -1 : 1)),
    };
  }

  it('makes the same people as without the landing', async () => {
    await put('direct', { from: { connection: 'shop-files', stream: 'rows' }, to: toProfiles, mapping });
    expect((await run('direct')).ledger).toMatchObject({ read: 30, written: 30 });
    const expected = await people();
    await Promise.all(['profiles', 'identities'].map((name) => database.db().collection(name).deleteMany({})));

    await put('land', {
      from: { connection: 'shop-files', stream: 'rows' },
      to: { connection: 'landing', object: 'row' },
    });
    await put('map', { from: fromLanding, to: toProfiles, mapping }); // before anything has landed
    expect((await run('land')).ledger).toMatchObject({ read: 30, written: 30 });
    expect((await run('map')).ledger).toMatchObject({ read: 30, written: 30 });
    expect(await people()).toEqual(expected);
  });

  it('is one dataset for lineage, whether it is written or read', async () => {
    await lineage.until(6); // each run's start and end
    const datasets = (slug: string, side: 'inputs' | 'outputs'): unknown[] =>
      lineage.received
        .map(({ body }) => JSON.parse(body) as LineageView)
        .filter(({ job }) => job.name === slug)
        .map((event) => event[side].map(({ namespace, name }) => ({ namespace, name })));
    const landed = [{ namespace: 'millrace', name: 'landing/shop-files.rows' }];
    expect(datasets('land', 'outputs')).toEqual([landed, landed]);
    expect(datasets('map', 'inputs')).toEqual([landed, landed]);
    expect(datasets('direct', 'outputs')).toEqual(Array(2).fill([{ namespace: 'millrace', name: 'profiles/profile' }]));
  });

  it('maps only what has changed', async () => {
    await writeFile(file, csv + '30,new@x.com,New,City0,2024-06-01T00:00:00Z\n');
    expect((await run('land')).ledger).toMatchObject({ written: 1 });
    const { ledger } = await run('map');
    expect(ledger).toMatchObject({ written: 1, superseded: 0, rejected: 0 });
  });

  it('maps all of it anew with a changed mapping, though the file is gone', async () => {
    await rm(file);
    const changed = { ...mapping, 'traits.city': 'city', 'traits.firstName': 'first_name | upper' };
    const sync = await put<{ startsFrom?: unknown }>('map', { from: fromLanding, to: toProfiles, mapping: changed });
    expect(sync).not.toHaveProperty('startsFrom');
    expect((await run('map')).ledger).toMatchObject({ read: 31, written: 31, superseded: 0 });
    expect(await api.post('/api/profiles/lookup', { identity: 'person7@x.com' })).toMatchObject({
      traits: { firstName: 'N7', city: 'City1' },
    });
  });

  it('goes on where it was after other changes, and replays after those that came during a run', async () => {
    await put('map', { from: fromLanding, to: toProfiles, mapping });
    await run('map');
    expect(await api.patch('/api/syncs/map', { name: 'Map' })).toHaveProperty('startsFrom');
    const going = await api.post<RunView>('/api/syncs/map/runs');
    await api.patch('/api/syncs/map', { filter: { field: 'city', is: 'equals', value: 'City1' } });
    await ended(going);
    expect(await api.get('/api/syncs/map')).not.toHaveProperty('startsFrom');
    expect((await run('map')).ledger).toMatchObject({ read: 31, filtered: 21 });
  });

  it('answers questions about the raw rows', async () => {
    const { data } = await api.get<{ data: object[] }>('/api/landing');
    expect(data).toEqual([
      expect.objectContaining({ name: 'shop-files.rows', rows: 31, deleted: 0, versions: 0, key: ['id'] }),
    ]);
    const where = { field: 'city', is: 'equals', value: 'City2' };
    const page = await api.post<{ data: { id: string; row: object }[] }>('/api/landing/shop-files.rows/query', {
      where,
      select: ['email'],
    });
    expect(page.data).toHaveLength(10);
    expect(Object.keys(page.data[0]?.row ?? {})).toEqual(['email']);
    const id = page.data[0]?.id ?? '';
    expect(await api.get(`/api/landing/shop-files.rows/rows/${id}/history`)).toMatchObject({
      data: [{ version: 1 }],
      next: null,
    });
    const { fields } = await api.get<{ fields: object[] }>('/api/landing/shop-files.rows/schema');
    expect(fields).toContainEqual(expect.objectContaining({ path: 'email', filled: 1 }));
  });

  it('shows rows to operators only, and forgets nothing that a sync uses', async () => {
    const { key } = await api.post<{ key: string }>('/api/keys', { name: 'viewer', role: 'viewer' });
    const as = { headers: { authorization: `Bearer ${key}` } };
    expect((await server.http.get('/api/landing', as)).status).toBe(200);
    expect((await server.http.post('/api/landing/shop-files.rows/query', {}, as)).status).toBe(403);
    for (const slug of ['map', 'land']) {
      expect((await server.http.delete('/api/landing/shop-files.rows')).status).toBe(409);
      await api.delete(`/api/syncs/${slug}`);
    }
    expect((await server.http.delete('/api/landing/shop-files.rows')).status).toBe(204);
    expect((await server.http.post('/api/landing/shop-files.rows/query', {})).status).toBe(404);
  });
});
