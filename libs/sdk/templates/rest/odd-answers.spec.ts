import { afterEach, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { wholeStream, type Page, type ReadContext, type Row } from '../../index.ts';
import { testContext } from '../../testing/index.ts';
import { localServer, type LocalServer } from '../testing/local-server.ts';
import { readRest } from './read-rest.ts';
import type { RestStream } from './rest-stream.ts';

type Answer = Parameters<typeof localServer>[0];

let server: LocalServer | undefined;
afterEach(() => server?.close());

async function read(definition: Partial<RestStream>, answer: Answer, more: Partial<ReadContext> = {}): Promise<Row[]> {
  await server?.close();
  server = await localServer(answer);
  const ctx = testContext({}, { settings: { baseURL: server.url } });
  const stream = { name: 'items', key: [] };
  const pages: Page[] = [];
  const reading: ReadContext = { ...ctx, stream, slice: wholeStream, until: new Date(0).toISOString(), ...more };
  for await (const page of readRest({ path: '/items', ...definition }, reading)) pages.push(page);
  return pages.flatMap(({ records }) => records);
}

describe('an answer without content (204)', () => {
  const none: Answer = (_, response) => void response.writeHead(204).end();

  it.each<[string, Partial<RestStream>]>([
    ['a list', {}],
    ['a list at a path', { records: 'data' }],
    ['cursors', { records: 'data', paging: { kind: 'cursor', next: 'info.next', param: 'after' } }],
    ['links', { paging: { kind: 'link' } }],
    ['links in the answer', { records: 'data', paging: { kind: 'link', next: 'next' } }],
    ['JSON Lines', { format: 'jsonl' }],
    ['CSV', { format: 'csv', key: 'id' }],
  ])('has no records: %s', async (_, definition) => {
    expect(await read(definition, none)).toEqual([]);
  });

  it('is the end of numbered pages', async () => {
    const paging = { kind: 'page', param: 'page' } as const;
    const pages: Answer = (request, response) =>
      request.url.searchParams.get('page') === '1' ? { data: [{ id: 1 }] } : none(request, response);
    expect(await read({ records: 'data', paging }, pages)).toEqual([{ id: 1 }]);
  });
});

describe('an answer that is not ready yet (202)', () => {
  it.each([['{}'], ['{"status":"pending","data":null}'], ['']])('is asked for again later: %j', async (body) => {
    const pending: Answer = (_, response) => void response.writeHead(202, { 'retry-after': '7' }).end(body);
    await expect(read({ records: 'data' }, pending)).rejects.toMatchObject({
      code: 'rate_limited', // no sign of trouble: nothing else of the connection rests for it
      retryable: true,
      retryAfter: 7_000,
    });
  });

  it('is read where it has the list all the same', async () => {
    const sloppy: Answer = (_, response) => void response.writeHead(202).end('{"data":[{"id":1}]}');
    expect(await read({ records: 'data' }, sloppy)).toEqual([{ id: 1 }]);
  });
});

describe('an error with status 200', () => {
  it.each<[object]>([
    [{ success: false, data: null, message: 'token expired' }],
    [{ ok: false, error: 'ratelimited', data: [] }],
    [{ error: { code: 5, message: 'quota' }, data: null }],
    [{ errors: ['quota'], data: [] }],
    [{ status: 'error', data: null }],
  ])('is no empty list: %j', async (body) => {
    await expect(read({ records: 'data' }, () => body)).rejects.toMatchObject({ code: 'invalid_response' });
  });

  it.each<[object]>([
    [{ success: true, error: null, errors: [], data: null }],
    [{ ok: true, error: '', errors: {}, status: 'ok', data: [] }],
    [{ error: false, status: 200, data: [] }],
    [{ error: { code: 'ok', message: '', log_id: '20261130' }, data: null }],
    [{ error: { code: 0, message: 'success' }, data: [] }],
  ])('is not seen where there is none: %j', async (body) => {
    expect(await read({ records: 'data' }, () => body)).toEqual([]);
  });

  it('takes no records from anybody', async () => {
    expect(await read({ records: 'data' }, () => ({ errors: ['one is hidden'], data: [{ id: 1 }] }))).toEqual([
      { id: 1 },
    ]);
  });
});

it.each([
  ['application/json; charset=iso-8859-1', 'iso-8859-1'],
  ['application/json; charset="windows-1252"', 'windows-1252'],
  ['application/json; charset=utf-16le', 'utf-16le'],
  ['application/json; charset=UTF-8', 'utf-8'],
  ['application/json', 'utf-8'],
])('JSON is read in its character set: %s', async (type, encoding) => {
  const answer: Answer = (_, response) =>
    void response.setHeader('content-type', type).end(iconv.encode('[{"name":"Zoë Müller"}]', encoding));
  expect(await read({}, answer)).toEqual([{ name: 'Zoë Müller' }]);
});

it.each([
  ['<?page=2>; title="the \\"next\\" one"; rel="next"'],
  ["<?page=2>; rel='next'"],
  ['<?page=1>; rel="prev"; results="true", <?page=2>; rel="next"; results="true"; cursor="0:100:0"'],
  ['<?page=2> ; Rel = NEXT'],
])('the next page is found in %s', async (link) => {
  const answer: Answer = ({ url }, response) => {
    if (url.search === '') response.setHeader('link', link);
    return [{ id: url.search }];
  };
  expect(await read({ paging: { kind: 'link' } }, answer)).toEqual([{ id: '' }, { id: '?page=2' }]);
});

it('a next page that is said to have no results is none', async () => {
  const answer: Answer = ({ url }, response) => {
    const next = Number(url.searchParams.get('page') ?? 1) + 1;
    response.setHeader('link', `<?page=${next}>; rel="next"; results="${next <= 2}"`);
    return next <= 3 ? [{ id: next }] : [];
  };
  expect(await read({ paging: { kind: 'link' } }, answer)).toHaveLength(2);
  expect(server?.requests).toHaveLength(2);
});

it.each([0, '0', null, '', false])('%j as the next cursor says that there is none', async (end) => {
  const answer: Answer = ({ url }) => {
    const at = Number(url.searchParams.get('after') ?? 0); // so that 0 leads to the beginning
    return { items: [{ id: at }], next: at < 2 ? at + 1 : end };
  };
  const paging = { kind: 'cursor', next: 'next', param: 'after' } as const;
  expect(await read({ records: 'items', paging }, answer)).toEqual([{ id: 0 }, { id: 1 }, { id: 2 }]);
  expect(server?.requests).toHaveLength(3);
});

it('a POST that pages by links asks for changes on each page', async () => {
  const bodies: unknown[] = [];
  const answer: Answer = ({ url, body }) => {
    bodies.push(JSON.parse(body));
    return { items: [{ id: url.search }], next: url.search === '' ? '?page=2' : null };
  };
  const definition: Partial<RestStream> = {
    method: 'POST',
    body: { filter: 'all' },
    records: 'items',
    cursor: 'at',
    since: { param: 'since' },
    paging: { kind: 'link', next: 'next', size: { param: 'size', value: 2 } },
  };
  await read(definition, answer, { state: { cursor: '2026-01-01T00:00:00Z' } });
  const asked = { filter: 'all', since: '2026-01-01T00:00:00Z', size: 2 };
  expect(bodies).toEqual([asked, asked]);
});
