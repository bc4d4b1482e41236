import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AxiosResponse } from 'axios';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Profile {
  id: string;
  traits: Record<string, unknown>;
  identities: { key: string }[];
}

describe('people over REST', () => {
  let server: TestServer;
  let connection: string;
  let sync: string;

  const post = (path: string, body: unknown): Promise<AxiosResponse> => server.http.post(path, body);

  beforeAll(async () => {
    server = await startTestServer();
    const made = await post('/api/connections', {
      name: 'Files',
      slug: 'people-files',
      connector: 'file',
      config: { path: join(server.folder, 'people.csv') },
    });
    connection = (made.data as { id: string }).id;
    expect(made.status).toBe(201);
    await people('id,user,email,city\n1,1,A.nn@gmail.com,Oslo\n2,2,bob@x.com,Rome\n3,,test@test.com,Bonn\n');
    const created = await post('/api/syncs', {
      name: 'People',
      from: { connection, stream: 'rows', key: ['id'] },
      to: { connection: 'profiles', object: 'profile' },
      mapping: { 'identities.email': 'email', 'identities.user': 'user', 'traits.city': 'city' },
    });
    expect(created).toMatchObject({ status: 201 });
    sync = (created.data as { id: string }).id;
  });
  afterAll(() => server.close());

  const people = (csv: string): Promise<void> => writeFile(join(server.folder, 'people.csv'), csv);

  async function run(options: object = {}): Promise<{ rejected: number }> {
    const started = await post(`/api/syncs/${sync}/runs`, options);
    const { id } = started.data as { id: string };
    for (;;) {
      const { data } = await server.http.get<{ state: string; ledger: { rejected: number } }>(`/api/runs/${id}`);
      if (data.state === 'succeeded') return data.ledger;
      expect(['queued', 'running', 'waiting']).toContain(data.state);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const lookup = async (identity: string, asOf?: string) => post('/api/profiles/lookup', { identity, asOf });

  it('reads, refuses and reads anew as the identity policy says', async () => {
    expect(await run()).toMatchObject({ rejected: 1 });
    expect((await server.http.get('/api/rejects')).data).toMatchObject({ data: [{ code: 'identity_blocked' }] });
    const before = new Date().toISOString();
    const set = await server.http.put('/api/identity-policy', {
      email: { dots: 'dropGmail' },
      blocked: [],
      revision: 0,
    });
    expect(set).toMatchObject({ status: 200, data: { revision: 1, email: { dots: 'dropGmail', tags: 'keep' } } });
    expect(await lookup('a.nn@gmail.com')).toMatchObject({ status: 200 }); // as it was stored
    expect(await run({ full: true })).toMatchObject({ rejected: 0 });
    const { data: ann } = (await lookup('ann@gmail.com')) as { data: Profile };
    expect(ann.identities.map(({ key }) => key)).toEqual(['email:ann@gmail.com', 'user:1']);
    expect((await server.http.get(`/api/profiles/${ann.id}?asOf=${before}`)).data).toMatchObject({
      identities: [{ key: 'email:a.nn@gmail.com' }, { key: 'user:1' }],
    });
  });

  it('shows what changed, merges, and undoes a merge', async () => {
    await people('id,user,email,city\n1,1,A.nn@gmail.com,Bergen\n2,2,bob@x.com,Rome\n3,2,ann@gmail.com,\n');
    const { data: bob } = (await lookup('user:2')) as { data: Profile };
    const before = new Date().toISOString();
    await run();
    const { data: one } = (await lookup('user:1')) as { data: Profile };
    const timeline = await server.http.get(`/api/profiles/${one.id}/timeline?kinds=change,merge`);
    expect(timeline.data).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({
          kind: 'change',
          change: expect.objectContaining({ connection, traits: { city: { before: 'Oslo', after: 'Bergen' } } }),
        }),
        expect.objectContaining({ kind: 'merge' }),
      ]),
    });
    expect((await lookup('user:2', before)).data).toMatchObject({ traits: { city: 'Rome' } });
    expect((await server.http.get(`/api/profiles/${one.id}/timeline?kinds=nothing`)).status).toBe(400);

    const merges = await server.http.get(`/api/profiles/${one.id}/merges`);
    expect(merges.data).toMatchObject({
      data: expect.arrayContaining([expect.objectContaining({ absorbed: bob.id })]),
    });
    const ref = { absorbed: bob.id };
    const undone = await post(`/api/profiles/${one.id}/unmerge`, ref);
    expect(undone).toMatchObject({ status: 200, data: { kept: { id: one.id }, restored: { id: bob.id } } });
    expect(await post(`/api/profiles/${one.id}/unmerge`, ref)).toMatchObject({
      status: 200,
      data: undone.data as object,
    });
    await run({ full: true });
    expect((await lookup('user:2')).data).toMatchObject({ id: bob.id, traits: { city: 'Rome' } });
  });

  it('believes whom the priorities say, and forgets a connection', async () => {
    const set = await server.http.put('/api/source-priorities', { priorities: { [connection]: 7 } });
    expect(set).toMatchObject({ status: 200, data: { revision: 1, priorities: { [connection]: 7 } } });
    const counted = await server.http.get(`/api/connections/${connection}/data`);
    expect(counted).toMatchObject({ status: 200, data: { people: 2 } });
    expect((await server.http.get('/api/connections/people-files/data')).data).toEqual(counted.data);
    const removal = await server.http.delete<{ id: string }>('/api/connections/people-files/data');
    expect(removal).toMatchObject({ status: 202, data: { kind: 'removal', state: 'open', connection } });
    expect((await server.http.get('/api/refolds?limit=1')).data).toMatchObject({ data: [{ id: removal.data.id }] });
    expect(await server.http.get(`/api/refolds/${removal.data.id}`)).toMatchObject({ status: 200 });
  });

  it.each([
    ['put', '/api/identity-policy', { email: { dots: 'some' } }, 400, 'bad_request'],
    ['put', '/api/identity-policy', { phone: { region: 'XX' } }, 400, 'bad_request'],
    ['put', '/api/identity-policy', { kinds: [{ kind: '$gt', limit: 1 }] }, 400, 'bad_request'],
    ['put', '/api/identity-policy', { mergeLimit: -1 }, 400, 'bad_request'],
    ['put', '/api/identity-policy', { blocked: ['email:nobody'] }, 422, 'invalid_identity'],
    ['put', '/api/identity-policy', { revision: 99 }, 409, 'conflict'],
    ['put', '/api/source-priorities', { priorities: { $gt: 1 } }, 400, 'bad_request'],
    ['put', '/api/source-priorities', { priorities: { con_1: 'high' } }, 400, 'bad_request'],
    ['delete', '/api/connections/$gt/data', undefined, 404, 'not_found'],
    ['delete', '/api/connections/nowhere/data', undefined, 404, 'not_found'],
    ['get', '/api/connections/collect/data', undefined, 404, 'not_found'],
    ['get', '/api/refolds/nothing', undefined, 404, 'not_found'],
    ['get', '/api/profiles/p_0?asOf=yesterday', undefined, 400, 'bad_request'],
    ['post', '/api/profiles/p_0/unmerge', { merge: { $ne: '' } }, 400, 'bad_request'],
    ['post', '/api/profiles/p_0/unmerge', {}, 400, 'bad_request'],
    ['post', '/api/profiles/lookup', { identity: 'user:1', asOf: '2009-W01-1' }, 400, 'bad_request'],
    ['post', '/api/profiles/lookup', { identity: 'user:1', asOf: '1999-01-01T00:00:00Z' }, 404, 'profile_not_found'],
  ] as const)('%s %s with %j is refused with %i', async (method, url, data, status, code) => {
    expect(await server.http.request({ method, url, data })).toMatchObject({ status, data: { code } });
  });

  it('lets only operators decide about people', async () => {
    const { data: viewer } = await server.http.post<{ key: string }>('/api/keys', { name: 'v', role: 'marketer' });
    const headers = { authorization: `Bearer ${viewer.key}` };
    for (const [method, url] of [
      ['get', '/api/identity-policy'],
      ['put', '/api/source-priorities'],
      ['post', '/api/profiles/p_0/unmerge'],
      ['delete', '/api/connections/con_1/data'],
    ]) {
      expect(await server.http.request({ method, url, headers, data: {} })).toMatchObject({ status: 403 });
    }
  });
});
