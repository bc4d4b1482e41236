import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosResponse } from 'axios';
import type { RejectView, RunView } from '../cli/index.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

describe('bad input', () => {
  let server: TestServer;
  let remote: Server;
  let remoteUrl: string;

  beforeAll(async () => {
    server = await startTestServer();
    remote = createServer((request, response) => {
      if (request.headers.authorization !== 'Bearer right') return response.writeHead(401).end('no');
      return response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in</html>');
    });
    remote.listen(0, '127.0.0.1');
    await once(remote, 'listening');
    remoteUrl = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    remote.close();
    await server.close();
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<AxiosResponse<unknown>> =>
    server.http.post(path, body, { headers });

  const file = (path: string) => ({ name: path, connector: 'file', config: { path } });
  const page = (key: string) => ({
    name: 'api',
    connector: 'http-json',
    config: {
      baseUrl: remoteUrl,
      auth: 'bearer',
      token: key,
      streams: [{ name: 'people', path: '/people', records: 'data', key: ['id'] }],
    },
  });

  it.each<[string, string, unknown, number, string]>([
    [
      'an unknown connector',
      '/api/connections',
      { name: 'x', connector: 'nope', config: {} },
      404,
      'connector_not_found',
    ],
    [
      'a bad configuration',
      '/api/connections',
      { name: 'x', connector: 'webhook', config: { url: 'ftp://x' } },
      400,
      'invalid_config',
    ],
    [
      'an unknown field',
      '/api/connections',
      { name: 'x', connector: 'file', config: {}, extra: 1 },
      400,
      'bad_request',
    ],
    ['an unknown connection', '/api/connections/nobody/check', {}, 404, 'not_found'],
    [
      'a sync of an unknown connection',
      '/api/syncs',
      { name: 'x', from: { connection: 'nobody', stream: 's' }, to: { connection: 'profiles' } },
      404,
      'not_found',
    ],
    [
      'a template that does not parse',
      '/api/preview',
      { subject: 'x', source: '{{#if a}}', sample: {} },
      422,
      'template_invalid',
    ],
    [
      'an unknown helper',
      '/api/templates',
      { name: 'x', subject: 'x', source: '{{explode a}}' },
      422,
      'template_invalid',
    ],
    [
      'a template that is too large',
      '/api/preview',
      { subject: 'x', source: 'x'.repeat(600_000), sample: {} },
      413,
      'template_too_large',
    ],
    [
      'a body that is too large',
      '/api/preview',
      { subject: 'x', source: 'x'.repeat(6_000_000) },
      413,
      'payload_too_large',
    ],
    ['an unknown template', '/api/preview', { template: 'nobody', sample: {} }, 404, 'template_not_found'],
    [
      'an unknown person',
      '/api/preview',
      { subject: 'x', source: 'x', identity: 'nobody@example.com' },
      404,
      'profile_not_found',
    ],
    ['an operator instead of a person', '/api/profiles/lookup', { identity: { $gt: '' } }, 400, 'bad_request'],
    ['control characters', '/api/profiles/lookup', { identity: 'email:a\u0000@x.com' }, 422, 'invalid_identity'],
    [
      'a list instead of an object',
      '/api/syncs',
      { name: 'x', from: [], to: { connection: 'profiles' } },
      400,
      'bad_request',
    ],
    [
      'lists among the streams of a connection',
      '/api/connections',
      { name: 'x', connector: 'http-json', config: { baseUrl: 'https://example.com', streams: [[]] } },
      400,
      'invalid_config',
    ],
    ['null for a slug', '/api/templates', { name: 'x', subject: 'x', source: 'x', slug: null }, 400, 'bad_request'],
    ['null for a slug, too', '/api/connections', { connector: 'file', slug: null }, 400, 'bad_request'],
    ['half a character', '/api/rejects/lookup', { email: '\ud800' }, 400, 'bad_request'],
    [
      'a time that is an object',
      '/api/landing/shop.rows/query',
      { asOf: { toString: 1, valueOf: 1 } },
      400,
      'bad_request',
    ],
    [
      'a preset without values',
      '/api/triggers',
      { preset: 'cart-abandonment', with: null, do: {} },
      400,
      'bad_request',
    ],
    ['an unknown role', '/api/keys', { name: 'x', role: 'emperor' }, 400, 'bad_request'],
    ['an unknown route', '/api/nothing', {}, 404, 'not_found'],
  ])('%s is a problem with a stable code and a sentence', async (_, path, body, status, code) => {
    expectProblem(await post(path, body), status, code);
  });

  it.each<[string, (sync: string) => [string, string, unknown]]>([
    ['null for what a sync must have', (sync) => ['PATCH', `/api/syncs/${sync}`, { from: null }]],
    ['null for its name', (sync) => ['PATCH', `/api/syncs/${sync}`, { name: null }]],
    [
      'a name that cannot be stored',
      (sync) => ['PUT', `/api/syncs/${sync}/starts-from`, { startsFrom: { 'a\u0000b': 1 } }],
    ],
    [
      'what is nested too deep to be stored',
      (sync) => ['PUT', `/api/syncs/${sync}/starts-from`, { startsFrom: nested(300) }],
    ],
  ])('%s is refused', async (_, request) => {
    await writeFile(join(server.folder, 'steered.csv'), 'id\n1\n');
    const from = { connection: await connection(file('steered.csv')), stream: 'rows', key: ['id'] };
    const made = await post('/api/syncs', { name: 'x', from, to: { connection: 'landing', object: 'row' } });
    expect(made).toMatchObject({ status: 201 });
    const [method, url, data] = request((made.data as { id: string }).id);
    expectProblem(await server.http.request({ method, url, data }), 400, 'bad_request');
  });

  it('null where something may be left out is its default', async () => {
    const block = { name: 'Card', source: '<p>Hi</p>', params: null, variants: null };
    expect(await server.http.put('/api/blocks/card', block)).toMatchObject({
      status: 201,
      data: { params: [], variants: [] },
    });
    const template = { name: 'x', subject: 'x', source: 'x', channel: null, purpose: null };
    expect(await post('/api/templates', template)).toMatchObject({
      status: 201,
      data: { channel: 'email', purpose: 'marketing' },
    });
  });

  it('a body that is not JSON', async () => {
    const broken = await server.http.post('/api/syncs', '{"name": ', {
      headers: { 'content-type': 'application/json' },
      transformRequest: (text: string) => text, // axios would make a JSON string of it
    });
    expectProblem(broken, 400, 'invalid_json');
  });

  it('a missing key, a wrong key, a key with too small a role', async () => {
    const { data } = await post('/api/keys', { name: 'watcher', role: 'viewer' });
    const with_ = (authorization: string): Promise<AxiosResponse<unknown>> =>
      post('/api/keys', { name: 'x', role: 'viewer' }, { authorization });
    expectProblem(await with_(''), 401, 'unauthenticated');
    expectProblem(await with_('Bearer mr_wrong_key'), 401, 'unauthenticated');
    const refused = await with_(`Bearer ${(data as { key: string }).key}`);
    expectProblem(refused, 403, 'forbidden');
    expect(JSON.stringify(refused.data)).toContain('admin');
  });

  it('an unreachable host and wrong credentials show in the check, without the secret', async () => {
    const nowhere = await connection({
      name: 'n',
      connector: 'postgres',
      config: { host: '127.0.0.1', port: 1, database: 'd', user: 'u', password: 'hidden-password' },
    });
    expect(await check(nowhere)).toMatchObject({
      ok: false,
      code: 'unreachable',
      message: expect.stringContaining('127.0.0.1'),
    });
    const wrong = await connection(page('wrong-token'));
    const checked = await check(wrong);
    expect(checked).toMatchObject({ ok: false, code: 'authentication_failed' });
    expect(JSON.stringify(checked)).not.toContain('wrong-token');
  });

  it('a file outside the allowed folders', async () => {
    expect(await check(await connection(file('../../etc/passwd')))).toMatchObject({
      ok: false,
      code: 'file_not_allowed',
    });
  });

  it('a page that is not JSON fails the run, and says where', async () => {
    const id = await connection(page('right'));
    const run = await runOf({
      from: { connection: id, stream: 'people' },
      to: { connection: 'profiles', object: 'profile' },
      mapping: { 'identities.email': 'email' },
    });
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'invalid_response', message: expect.stringContaining('/people') },
    });
  });

  it('malformed rows and wrong bytes become rejects with their line and original; the good rows arrive', async () => {
    const rows = ['id,email,name', '1,ann@x.com,Ann', '2,bob@x.com', '3,not-an-address,Cem', '4,dan@x.com,D'];
    await writeFile(
      join(server.folder, 'people.csv'),
      Buffer.concat([Buffer.from(`${rows.join('\n')}`), Buffer.from([0xe9, 0x0a]), Buffer.from('5,eva@x.com,Eva\n')]),
    );
    const id = await connection({
      name: 'people',
      connector: 'file',
      config: { path: 'people.csv', key: ['id'], encoding: 'utf-8' },
    });
    const run = await runOf({
      from: { connection: id, stream: 'rows' },
      to: { connection: 'profiles', object: 'profile' },
      mapping: { 'identities.email': 'email', 'traits.name': 'name' },
    });
    expect(run).toMatchObject({ state: 'succeeded', ledger: { read: 5, written: 2, rejected: 3 } });
    const { data: page } = await server.http.get<{ data: RejectView[] }>(`/api/runs/${run.id}/rejects`);
    const rejects = Object.fromEntries(
      page.data.map((reject): [string, string[]] => [reject.position ?? '', [reject.code, reject.raw ?? '']]),
    );
    expect(rejects).toEqual({
      'people.csv:3': ['malformed_row', expect.stringContaining('2,bob@x.com')],
      'people.csv:4': ['invalid_identity', expect.stringContaining('not-an-address')],
      'people.csv:5': ['invalid_encoding', expect.stringContaining('dan@x.com')],
    });
  });

  async function connection(body: object): Promise<string> {
    const { status, data } = await post('/api/connections', body);
    expect({ status, data: data }).toMatchObject({ status: 201 });
    return (data as { id: string }).id;
  }

  const check = async (id: string): Promise<unknown> => (await post(`/api/connections/${id}/check`, {})).data;

  async function runOf(sync: object): Promise<RunView> {
    const made = await post('/api/syncs', { name: 'bad input', ...sync });
    expect({ status: made.status, data: made.data }).toMatchObject({ status: 201 });
    let { data: run } = await server.http.post<RunView>(`/api/syncs/${(made.data as { id: string }).id}/runs`);
    while (!run.endedAt) {
      await delay(25);
      ({ data: run } = await server.http.get<RunView>(`/api/runs/${run.id}`));
    }
    return run;
  }
});

const nested = (levels: number): object => (levels === 0 ? {} : { a: nested(levels - 1) });

function expectProblem({ status, headers, data }: AxiosResponse<unknown>, expected: number, code: string): void {
  expect({ status, code: (data as { code?: string }).code, data }).toMatchObject({ status: expected, code });
  expect(String(headers['content-type'])).toContain('application/problem+json');
  expect((data as { detail: string }).detail).toMatch(/\S+ \S+ \S+.*[.:]/);
}
