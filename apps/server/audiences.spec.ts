import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunView } from '../cli/index.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

type Fields = Record<string, unknown>;

/** Computed traits and audiences from end to end: by REST, kept by the background, followed by a sync. */
describe('audiences on a server', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    const orders = [
      'id,email,total,at',
      '1,ann@x.com,70,2026-01-01',
      '2,ann@x.com,50,2026-02-01',
      '3,bob@x.com,5,2026-02-01',
    ];
    await writeFile(join(server.folder, 'orders.csv'), `${orders.join('\n')}\n`);
  });
  afterAll(() => server.close());

  const put = async (path: string, body: object): Promise<Fields> => (await server.http.put<Fields>(path, body)).data;
  const get = async (path: string): Promise<Fields> => (await server.http.get<Fields>(path)).data;

  /** What the background brings, when it has. */
  async function until(path: string, arrived: (answer: Fields) => boolean): Promise<Fields> {
    for (;;) {
      const answer = await get(path);
      if (arrived(answer)) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function run(sync: string): Promise<RunView> {
    const { data } = await server.http.post<RunView>(`/api/syncs/${sync}/runs`);
    return (await until(
      `/api/runs/${data.id}`,
      ({ endedAt }) => endedAt !== undefined && endedAt !== null,
    )) as unknown as RunView;
  }

  it('are kept as orders arrive, and a sync carries their members away', async () => {
    const path = (name: string): string => join(server.folder, name);
    await put('/api/connections/orders', { connector: 'file', config: { path: path('orders.csv'), key: 'id' } });
    await put('/api/connections/out', { connector: 'file', config: { output: path('out.csv') } });
    await put('/api/syncs/orders', {
      name: 'Orders',
      from: { connection: 'orders', stream: 'rows' },
      to: { connection: 'profiles', object: 'order' },
      mapping: { id: 'id', 'identities.email': 'email', at: 'at | date', total: 'total | number' },
    });
    expect(await put('/api/computed-traits/spent', { from: 'orders', calculate: 'sum', field: 'total' })).toMatchObject(
      {
        id: 'spent',
        trait: 'spent',
        sentence: 'the sum of total of orders',
      },
    );
    const condition = { field: 'computed.spent', is: 'atLeast', value: 100 };
    expect(await put('/api/audiences/spenders', { condition })).toMatchObject({
      id: 'spenders',
      sentence: 'computed.spent is at least 100',
    });
    expect(await run('orders')).toMatchObject({ state: 'succeeded', ledger: { written: 3 } });
    await until('/api/audiences/spenders', ({ state, count }) => state === 'ready' && count === 1);
    const members = (await get('/api/audiences/spenders/members')) as { data: { id: string }[] };
    expect(members).toMatchObject({ data: [{ identities: [{ key: 'email:ann@x.com' }] }], next: null });
    expect(await get(`/api/profiles/${members.data[0]?.id}`)).toMatchObject({
      computed: { spent: 120 },
      audiences: ['spenders'],
    });
    const changes = await until('/api/audiences/spenders/changes', ({ data }) => (data as unknown[]).length > 0);
    const [person] = members.data;
    expect(changes).toMatchObject({ data: [{ profile: person?.id, person, change: 'entered' }] });

    const { data: streams } = await get('/api/connections/profiles/streams');
    expect((streams as { name: string }[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['profile', 'audience-changes', 'audience:spenders']),
    );
    await put('/api/syncs/spenders', {
      name: 'Spenders',
      from: { connection: 'profiles', stream: 'audience:spenders' },
      to: { connection: 'out', object: 'rows' },
      mapping: { email: 'identities.email', spent: 'computed.spent' },
    });
    expect(await run('spenders')).toMatchObject({ state: 'succeeded', ledger: { read: 1, written: 1 } });

    const preview = { subject: 'You spent {{computed.spent}}', source: 'x', identity: 'ann@x.com' };
    const { data } = await server.http.post<Fields>('/api/preview', preview);
    expect(data).toMatchObject({ subject: 'You spent 120', tokens: [{ origin: { kind: 'computed', key: 'spent' } }] });
  });

  it('are not removed while something uses them, unless that is meant', async () => {
    const refused = async (path: string) => {
      const { status, data } = await server.http.delete<{ code: string; detail: string }>(path);
      return [status, data.code, data.detail];
    };
    const when = { field: 'profile.audiences', is: 'contains', value: 'spenders' };
    const condition = { field: 'computed.spent', is: 'atLeast', value: 100 };
    const source = '{{#if (gt computed.spent 9)}}Much{{/if}}';
    await put('/api/blocks/offer', { name: 'Offer', source, variants: [{ name: 'big', when, source: 'Big' }] });
    expect(await refused('/api/audiences/spenders')).toEqual([
      409,
      'in_use',
      expect.stringMatching(/is used by sync ".+", block "Offer"\. Change them first, or repeat with \?force=true/),
    ]);
    const from = { connection: 'profiles', stream: 'audience-changes' };
    const filter = { field: 'audience', is: 'equals', value: 'others' };
    await put('/api/audiences/others', { condition });
    await put('/api/connections/their-mails', {
      ...{ connector: 'mails', name: 'Their mails', config: { template: 'news', audience: 'others' } },
    });
    await put('/api/syncs/changes', {
      ...{ name: 'Changes', from, filter, to: { connection: 'out', object: 'rows' }, mapping: { id: 'profile' } },
    });
    expect(await refused('/api/audiences/others')).toEqual([
      409,
      'in_use',
      expect.stringContaining('sync "Changes", connection "Their mails"'),
    ]);
    expect((await server.http.delete('/api/syncs/changes')).status).toBe(204);
    expect((await server.http.delete('/api/connections/their-mails')).status).toBe(204);
    expect((await server.http.delete('/api/audiences/others')).status).toBe(204);
    expect(await refused('/api/computed-traits/spent')).toEqual([
      409,
      'in_use',
      expect.stringContaining('sync "Spenders", block "Offer"'),
    ]);
    await put('/api/purposes/news', { title: 'News', basis: 'consent' });
    await put('/api/templates/news', { name: 'News mail', subject: 'S', source: 'x', purpose: 'news' });
    expect(await refused('/api/purposes/news')).toEqual([
      409,
      'in_use',
      expect.stringContaining('template "News mail"'),
    ]);
    expect((await server.http.delete('/api/purposes/news?force=true')).status).toBe(204);
  });

  it('try conditions, and refuse bad ones with the place', async () => {
    const count = (condition: unknown) => server.http.post<Fields>('/api/audiences/count', { condition });
    const ordered = { computed: { from: 'orders', within: '3650d' }, is: 'atLeast', value: 1 };
    expect((await count(ordered)).data).toMatchObject({ count: 2, exact: true, people: 2 });
    for (const [bad, detail] of [
      [{ all: [{ field: 'traits.a', is: 'regex', value: '.*' }] }, 'at all[0].is'],
      [{ field: { $ne: 1 }, is: 'exists' }, 'a condition is'],
      ['everybody', 'condition must be an object'],
    ] as const) {
      const { status, data } = await count(bad);
      expect([status, data.detail]).toEqual([400, expect.stringContaining(detail)]);
    }
    expect((await server.http.put('/api/audiences/Bad%20Slug', { condition: ordered })).status).toBe(400);
    expect((await server.http.put('/api/audiences/x', { condition: ordered, $set: 1 })).status).toBe(400);
    expect((await server.http.get('/api/audiences/nobody/members')).status).toBe(404);
    expect((await server.http.delete('/api/computed-traits/spent?force=true')).data).toMatchObject({
      code: 'conflict',
    });
    const { data: key } = await server.http.post<{ key: string }>('/api/keys', { name: 'v', role: 'viewer' });
    const headers = { authorization: `Bearer ${key.key}` };
    expect((await server.http.put('/api/audiences/x', { condition: ordered }, { headers })).status).toBe(403);
  });

  it('let keys that see a mask of a trait ask nothing about it', async () => {
    await put('/api/traits/ssn', { sensitive: true });
    const as = async (role: string) => {
      const { data } = await server.http.post<{ key: string }>('/api/keys', { name: role, role });
      return { headers: { authorization: `Bearer ${data.key}` } };
    };
    const [viewer, marketer, operator] = [await as('viewer'), await as('marketer'), await as('operator')];
    const condition = { any: [{ not: { field: 'traits["ssn"]', is: 'startsWith', value: '1' } }] };
    const refused = { status: 403, data: { code: 'forbidden', detail: expect.stringContaining('"ssn"') } };
    expect(await server.http.post('/api/audiences/count', { condition }, viewer)).toMatchObject(refused);
    expect(await server.http.put('/api/audiences/guess', { condition }, marketer)).toMatchObject(refused);
    expect((await server.http.get('/api/audiences/guess')).status).toBe(404);
    expect(await server.http.post('/api/audiences/count', { condition }, operator)).toMatchObject({ status: 200 });
    expect(await server.http.put('/api/audiences/guess', { condition }, operator)).toMatchObject({ status: 201 });
    const other = { condition: { field: 'traits.city', is: 'exists' } };
    expect(await server.http.post('/api/audiences/count', other, viewer)).toMatchObject({ status: 200 });
  });
});
