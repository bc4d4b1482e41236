import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { configSpec, streamsOf, type Row } from '@millrace/sdk';
import { readAll, testConnector, testContext } from '@millrace/sdk/testing';
import { HttpJsonConfig } from './config.ts';
import connector from './index.ts';

type Handler = (url: URL, response: ServerResponse, request: IncomingMessage) => unknown;

const token = 'token-4711-of-the-shop';
const people = Array.from({ length: 25 }, (_, index) => ({
  id: index + 1,
  updatedAt: new Date(index * 1000).toISOString(),
}));

/** What was changed after the time that is asked for, which itself is left out. */
function changed(url: URL): typeof people {
  const since = number(url, 'since', -1) * 1000;
  return people.filter(({ updatedAt }) => Date.parse(updatedAt) > since);
}

/** An API that behaves. */
const shop: Record<string, Handler> = {
  ...Object.fromEntries(people.map(({ id }) => [`/v1/people/${id}/notes`, () => [{ text: `about ${id}` }]])),
  '/v1/me': () => ({ name: 'shop' }),
  '/v1/pages': (url) => ({ data: changed(url).slice((number(url, 'page', 1) - 1) * 10, number(url, 'page', 1) * 10) }),
  '/v1/offsets': (url) => people.slice(number(url, 'offset', 0), number(url, 'offset', 0) + number(url, 'limit', 10)),
  '/v1/links': (url, response) => {
    const page = number(url, 'page', 1);
    if (page < 3) response.setHeader('link', `</v1/links?page=${page + 1}>; rel="next"`);
    return people.slice((page - 1) * 10, page * 10);
  },
  '/v1/report': (url, response) => {
    const page = people.slice((number(url, 'page', 1) - 1) * 10, number(url, 'page', 1) * 10);
    const lines = page.map(({ id }) => `${id};"about ${id}; and more"\n`);
    return void response.setHeader('content-type', 'text/csv').end(`id;text\n${lines.join('')}`);
  },
};

const streams = [
  {
    name: 'pages',
    path: '/pages',
    records: 'data',
    key: ['id'],
    cursor: 'updatedAt',
    since: { param: 'since', format: 'epoch' },
    paging: { kind: 'page', param: 'page' },
  },
  {
    name: 'offsets',
    path: '/offsets',
    key: ['id'],
    paging: { kind: 'offset', offsetParam: 'offset', limitParam: 'limit', limit: 10 },
  },
  {
    name: 'report',
    path: '/report',
    format: 'csv',
    delimiter: ';',
    key: ['id'],
    paging: { kind: 'page', param: 'page' },
  },
  { name: 'links', path: '/links', key: ['id'], paging: { kind: 'link' } },
  { name: 'notes', each: 'offsets', path: '/people/{id}/notes', adds: { person: 'id' }, key: ['person', 'text'] },
];

let server: Server;
let baseUrl: string;
/** What the API does instead, by path. */
let mischief: Record<string, Handler> = {};

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://shop');
    const known = url.pathname.startsWith('/v1/open') || request.headers.authorization === `Bearer ${token}`;
    if (!known) response.statusCode = 401;
    const answer = known ? (mischief[url.pathname] ?? shop[url.pathname])?.(url, response, request) : { error: 'who?' };
    if (answer !== undefined) response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
beforeEach(() => {
  mischief = {};
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

testConnector(
  connector,
  {
    config: () => ({ baseUrl, auth: 'bearer', token, streams, checkPath: '/me' }),
    badConfig: () => ({ baseUrl, auth: 'bearer', token: 'token-of-somebody-else', streams }),
    invalidConfigs: [
      { baseUrl: 'ftp://x', streams },
      { baseUrl: 'http://x', auth: 'bearer', streams },
      { baseUrl: 'http://x', streams: [] },
      { baseUrl: 'http://x', streams: [{ name: 'a', path: '/a', paging: { kind: 'cursor', param: 'after' } }] },
      { baseUrl: 'http://x', streams, checkPath: '//evil.example/' },
    ],
  },
  { describe, it },
);

describe('http-json', () => {
  it('asks for what changed since the last run', async () => {
    const asked: string[] = [];
    mischief['/v1/pages'] = (url) => (asked.push(url.search), { data: [] });
    await read('pages', {}, { cursor: '2026-01-05T06:00:00.000Z' });
    expect(asked).toEqual(['?since=1767592800&page=1']);
  });

  it('checks the first stream where there is no path to check', async () => {
    const [, offsets] = streams;
    await expect(check({ streams: [offsets] })).resolves.toBeUndefined();
    await expect(check({ streams: [{ ...offsets, records: 'items' }] })).rejects.toMatchObject({
      code: 'invalid_response',
    });
  });

  it.each<[string, object, (request: IncomingMessage) => unknown, unknown]>([
    [
      'basic',
      { auth: 'basic', username: 'ann', password: 's3cret' },
      ({ headers }) => headers.authorization,
      'Basic YW5uOnMzY3JldA==',
    ],
    ['header', { auth: 'header', tokenName: 'x-api-key', token: 'k1' }, ({ headers }) => headers['x-api-key'], 'k1'],
    ['query', { auth: 'query', tokenName: 'api_key', token: 'k2' }, ({ url }) => url, '/v1/open?api_key=k2'],
    [
      'none',
      { headers: { 'x-tenant': 't' } },
      ({ headers }) => [headers.authorization, headers['x-tenant']],
      [undefined, 't'],
    ],
  ])('signs in by %s', async (_, config, seen, expected) => {
    const requests: IncomingMessage[] = [];
    mischief['/v1/open'] = (_url, _response, request) => (requests.push(request), [{ id: 1 }]);
    expect(
      await read('open', { auth: 'none', token: undefined, streams: [{ name: 'open', path: '/open' }], ...config }),
    ).toEqual([{ id: 1 }]);
    expect(requests.map(seen)).toEqual([expected]);
  });

  describe('says what is wrong with an API that', () => {
    it.each<[string, Handler, object]>([
      [
        'asks for patience',
        (_, response) => response.writeHead(429, { 'retry-after': '7' }).end() && undefined,
        { code: 'rate_limited', retryAfter: 7000 },
      ],
      ['fails', (_, response) => void response.writeHead(500).end(), { code: 'remote_error', retryable: true }],
      ['forbids', (_, response) => void response.writeHead(403).end(), { code: 'permission_denied' }],
      [
        'answers with a page to sign in',
        (_, response) => void response.setHeader('content-type', 'text/html').end('<html><h1>Sign in</h1></html>'),
        { code: 'invalid_response', message: text('text/html: "Sign in"') },
      ],
      [
        'always gives the same page',
        () => ({ data: people.slice(0, 10) }),
        { code: 'invalid_response', message: text('Paging does not end') },
      ],
      [
        'gives no list',
        () => ({ data: { items: [] } }),
        { code: 'invalid_response', message: text('"data" of the answer was expected to be a list') },
      ],
    ])('%s', async (_, handler, error) => {
      mischief['/v1/pages'] = handler;
      await expect(read('pages')).rejects.toMatchObject(error);
    });

    it('closes half-way', async () => {
      mischief['/v1/pages'] = (url, response) => {
        if (url.searchParams.get('page') === '1') return { data: people.slice(0, 10) };
        response.writeHead(200, { 'content-length': '5000' });
        response.write('{"data":[{"id":11},', () => response.destroy());
        return undefined;
      };
      await expect(read('pages')).rejects.toMatchObject({ name: 'MillraceError' });
    });

    it('links to somebody else', async () => {
      mischief['/v1/links'] = (_, response) => (
        response.setHeader('link', '<https://evil.example/>; rel="next"'),
        people.slice(0, 3)
      );
      await expect(read('links')).rejects.toThrow('another host (evil.example)');
    });
  });

  it.each([
    [
      [
        { name: 'a', path: '/a' },
        { name: 'a', path: '/b' },
      ],
      'Two streams are called "a"',
    ],
    [[{ name: 'a', path: '/a', since: { param: 's' } }], 'no cursor field'],
    [[{ name: 'a', path: 'https://evil.example/' }], 'does not lead to an address under the base URL'],
  ])('refuses the streams %j', async (wrong, message) => {
    await expect(read('a', { streams: wrong })).rejects.toThrow(message);
  });
});

function context(more: object) {
  const config = configSpec(HttpJsonConfig).parse({ baseUrl, auth: 'bearer', token, streams, ...more });
  return testContext(config, { settings: connector.http?.(config) });
}

async function check(more: object): Promise<unknown> {
  return connector.check(context(more));
}

async function read(name: string, more: object = {}, state?: { cursor: string }): Promise<Row[]> {
  const ctx = context(more);
  const stream = (await streamsOf(connector, ctx))[name];
  if (!stream) throw new Error(`there is no stream ${name}`);
  return (await readAll(stream, ctx, { state })).flatMap(({ records }) => records);
}

function number(url: URL, name: string, otherwise: number): number {
  return Number(url.searchParams.get(name) ?? otherwise);
}

function text(part: string): unknown {
  return expect.stringContaining(part);
}
