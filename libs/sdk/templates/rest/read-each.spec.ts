import { afterEach, expect, it } from '@jest/globals';
import type { Json, Page, ReadContext, Row } from '../../index.ts';
import { readAll, testContext } from '../../testing/index.ts';
import { localServer, type LocalServer } from '../testing/local-server.ts';
import { restSource } from './rest-source.ts';
import type { RestStream } from './rest-stream.ts';

const customers: RestStream = {
  path: '/customers',
  key: 'id',
  paging: { kind: 'page', param: 'page', size: { param: 'size', value: 2 } },
};
const orders: RestStream = {
  each: 'customers',
  path: '/customers/{id}/orders',
  adds: { customer: 'id' },
  key: 'id',
  paging: { kind: 'page', param: 'page', size: { param: 'size', value: 2 } },
};
const lines: RestStream = { each: 'orders', path: '/orders/{id}/lines', adds: { order: 'id' } };

let server: LocalServer | undefined;
afterEach(() => server?.close());

/** What the API has, by path; a page is two records. */
async function api(lists: Record<string, Row[]>): Promise<LocalServer> {
  server = await localServer(({ url }, response) => {
    const list = lists[decodeURI(url.pathname)];
    if (!list) return void response.writeHead(404).end();
    const page = Number(url.searchParams.get('page') ?? 1);
    return url.searchParams.has('page') ? list.slice((page - 1) * 2, page * 2) : list;
  });
  return server;
}

const shop = {
  '/customers': [{ id: 1 }, { id: 'a/b' }, { id: 3 }, { id: 4 }, { id: 5 }],
  '/customers/1/orders': [{ id: 11 }, { id: 12 }, { id: 13 }],
  '/customers/a%2Fb/orders': [{ id: 21 }],
  '/customers/3/orders': [],
  '/customers/4/orders': [],
  '/customers/5/orders': [{ id: 51 }, { id: 52 }],
};
const all = [
  ...[11, 12, 13].map((id) => ({ id, customer: 1 })),
  { id: 21, customer: 'a/b' },
  ...[51, 52].map((id) => ({ id, customer: 5 })),
];

function pagesOf(streams: Record<string, RestStream>, name: string, more: Partial<ReadContext> = {}): Promise<Page[]> {
  const source = restSource({ streams });
  const stream = typeof source.streams === 'function' ? undefined : source.streams[name];
  if (!stream) throw new Error(`there is no stream ${name}`);
  return readAll(stream, testContext({}, { settings: { baseURL: server?.url } }), more);
}

const rows = (pages: Page[]): Row[] => pages.flatMap(({ records }) => records);

it('asks for a list for each record of another stream, and tells whose it is', async () => {
  await api(shop);
  const pages = await pagesOf({ customers, orders }, 'orders');
  expect(rows(pages)).toEqual(all);
  expect(pages[0]?.positions?.[1]).toBe('/customers/1/orders, page 1, record 2');
});

it('goes on after every page, losing and repeating nothing', async () => {
  await api(shop);
  const pages = await pagesOf({ customers, orders }, 'orders');
  for (const [index, { resume }] of pages.entries()) {
    const rest = await pagesOf({ customers, orders }, 'orders', { resume: JSON.parse(JSON.stringify(resume)) as Json });
    expect(rows(rest)).toEqual(rows(pages.slice(index + 1)));
  }
});

it('goes down further', async () => {
  await api({
    '/customers': [{ id: 1 }],
    '/customers/1/orders': [{ id: 11 }, { id: 12 }],
    '/orders/11/lines': [{ sku: 'a' }],
    '/orders/12/lines': [{ sku: 'b' }, { sku: 'c' }],
  });
  const pages = await pagesOf({ customers, orders, lines }, 'lines');
  expect(rows(pages).map((row) => [row.order, row.sku])).toEqual([
    [11, 'a'],
    [12, 'b'],
    [12, 'c'],
  ]);
});

it('tells of a list that is gone, and reads the others', async () => {
  const { '/customers/a%2Fb/orders': _, ...rest } = shop;
  await api(rest);
  const pages = await pagesOf({ customers, orders }, 'orders');
  expect(rows(pages)).toEqual(all.filter(({ customer }) => customer !== 'a/b'));
  expect(pages.flatMap(({ rejects = [] }) => rejects)).toMatchObject([
    { raw: { id: 'a/b' }, position: '/customers/a%2Fb/orders', code: 'remote_rejected' },
  ]);
});

it('leaves what changes while it reads to the next run', async () => {
  const changed = (id: number, at: string) => ({ id, at: `2026-01-01T00:00:0${at}Z` });
  await api({
    '/customers': [{ id: 1 }, { id: 2 }],
    '/customers/1/orders': [changed(11, '1')], // changes a moment later, when it has been read
    '/customers/2/orders': [changed(21, '2'), changed(22, '9')],
  });
  const dated = { ...orders, cursor: 'at', since: { param: 'since' } };
  const pages = await pagesOf({ customers, orders: dated }, 'orders', { until: '2026-01-01T00:00:05.000Z' });
  expect(rows(pages).map(({ id }) => id)).toEqual([11, 21]);
  expect(
    await pagesOf({ customers, orders: dated }, 'orders', { state: { cursor: '2026-01-01T00:00:02Z' } }),
  ).toBeDefined();
  expect(server?.requests).toContain('GET /customers?size=2&page=1'); // all of them have to be asked
  expect(server?.requests.filter((request) => request.includes('since=2026-01-01T00:00:02Z'))).toHaveLength(4);
});

it('leads nowhere else than where the path says', async () => {
  await api({ '/customers': [{ id: 1 }, { id: null }, { id: '..' }, {}], '/customers/1/orders': [{ id: 11 }] });
  expect(rows(await pagesOf({ customers, orders }, 'orders'))).toEqual([{ id: 11, customer: 1 }]);
});

it.each<[string, Record<string, RestStream>, string]>([
  ['a stream that is not there', { orders }, '"customers", and there is no such stream'],
  ['itself', { orders: { ...orders, each: 'orders' } }, 'leads back to itself'],
  ['a circle', { customers: { ...customers, path: '/{id}', each: 'orders' }, orders }, 'leads back to itself'],
  ['a path that is the same for all', { customers, orders: { ...orders, path: '/orders' } }, 'such as {id}'],
])('refuses %s', (_, streams, message) => {
  expect(() => restSource({ streams })).toThrow(message);
});

it('says when no record has what the path needs', async () => {
  await api(shop);
  const stray = { ...orders, path: '/customers/{uuid}/orders' };
  await expect(pagesOf({ customers, orders: stray }, 'orders')).rejects.toThrow('No record of "customers" has what');
});
