import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunView } from '../cli/index.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

describe('the impact graph', () => {
  let server: TestServer;
  let template: string;
  let connection: string;

  const write = (header: string, ...lines: string[]): Promise<void> =>
    writeFile(join(server.folder, 'people.csv'), [header, ...lines, ''].join('\n'));

  const run = async (): Promise<RunView> => {
    const { data: started } = await server.http.post<{ id: string }>('/api/syncs/people/runs');
    for (;;) {
      const { data } = await server.http.get<RunView>(`/api/runs/${started.id}`);
      if (!['queued', 'running'].includes(data.state)) return data;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  beforeAll(async () => {
    server = await startTestServer();
    const config = { path: join(server.folder, 'people.csv') };
    await write('id,email,town,zip', '1,ann@x.com,Oslo,0150', '2,bob@x.com,Rome,00100');
    const file = { slug: 'people', name: 'People', connector: 'file', config };
    connection = (await server.http.post<{ id: string }>('/api/connections', file)).data.id;
    const sync = {
      name: 'People',
      from: { connection: 'people', stream: 'rows', key: ['id'] },
      read: 'full',
      to: { connection: 'profiles', object: 'profile' },
      mapping: {
        'identities.email': 'email',
        'traits.city': 'town | trim',
        'traits.zip': 'zip',
        'traits.vip': { value: 1 },
      },
    };
    expect((await server.http.put('/api/syncs/people', sync)).status).toBe(201);
    expect(await run()).toMatchObject({ state: 'succeeded' });
    const unsubscribe = '<a href="{{unsubscribeUrl}}">Unsubscribe</a>';
    const mail = { name: 'City news', preheader: 'x', source: `{{#if city}}{{city}}{{/if}}${unsubscribe}` };
    template = (await server.http.put<{ id: string }>('/api/templates/news', { ...mail, subject: 'S' })).data.id;
    expect((await server.http.post('/api/templates/news/publish')).status).toBe(200);
    await server.http.put('/api/templates/news', { ...mail, subject: '{{defaultIfEmpty vip "S"}}' });
  });

  afterAll(() => server.close());

  it('leads from a trait to what feeds it and to the templates that use it, and from a source to both', async () => {
    const supply = {
      use: 'trait:city',
      connection,
      connectionName: 'People',
      stream: 'rows',
      object: 'profile',
      reads: ['town'],
    };
    const used = { use: 'trait:city', in: ['draft', 'published'], onlyFromHere: true };
    const onlyDraft = { use: 'trait:vip', in: ['draft'], onlyFromHere: true };
    const affected = { id: template, slug: 'news', name: 'City news', published: 1 };
    const ask = async (query: string): Promise<unknown> =>
      (await server.http.get<unknown>(`/api/impact?${query}`)).data;

    expect(await ask('trait=city')).toMatchObject({
      supplies: [supply],
      data: [{ ...affected, uses: [used] }],
      next: null,
    });
    expect(await ask(`connection=${connection}`)).toMatchObject({ data: [{ ...affected, uses: [used, onlyDraft] }] });
    expect(await ask(`connection=${connection}&field=town`)).toMatchObject({
      supplies: [supply],
      data: [{ uses: [used] }],
    });
    expect(await ask(`connection=${connection}&stream=other`)).toMatchObject({ supplies: [], data: [] });
    expect(await ask('trait=zip')).toMatchObject({ supplies: [{ target: 'traits.zip' }], data: [] });
    expect(await server.http.get('/api/impact')).toMatchObject({ status: 400, data: { code: 'bad_request' } });
  });

  it('makes the lint know the names that mappings feed', async () => {
    const mail = { subject: 'S', source: '{{#if viip}}x{{/if}}{{#if zip}}x{{/if}}{{#if shoes}}x{{/if}}' };
    const { data } = await server.http.post<{ findings: { rule: string; message: string }[] }>('/api/lint', mail);
    const unknown = data.findings.filter(({ rule }) => rule === 'unknown-token').map(({ message }) => message);
    expect(unknown).toEqual([expect.stringContaining('mean {{vip}}?'), expect.stringContaining('Nobody has "shoes"')]);
  });

  it('is told on drift', async () => {
    await write('id,email,zip', '1,ann@x.com,0150', '2,bob@x.com,00100');
    const { reason } = await run();
    expect(reason).toContain('town is in no row any more; profile: traits.city reads it.');
    expect(reason).toContain('Template "City news" (published) uses what it feeds.');
    await write('id,email,town,zip', '1,ann@x.com,Oslo,0150', '2,bob@x.com,Rome,00100');
    await run();
  });

  it('is asked before a sync or a connection is removed', async () => {
    const refused = await server.http.delete<{ detail: string }>('/api/syncs/people');
    expect(refused).toMatchObject({ status: 409, data: { code: 'templates_affected' } });
    expect(refused.data.detail).toContain('Template "City news" (published) uses what only this sync feeds');
    expect(refused.data).toMatchObject({
      details: { templates: [{ id: template, name: 'City news', uses: ['trait:city', 'trait:vip'] }] },
    });
    expect((await server.http.delete('/api/syncs/people?force=maybe')).status).toBe(400);
    expect((await server.http.delete('/api/syncs/people?force=true')).status).toBe(204);

    const connectionToo = await server.http.delete('/api/connections/people');
    expect(connectionToo).toMatchObject({ status: 409, data: { code: 'templates_affected' } });
    expect((await server.http.delete('/api/connections/people?force=true')).status).toBe(204);
  });
});
