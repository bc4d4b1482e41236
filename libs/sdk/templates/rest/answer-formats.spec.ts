import { afterEach, describe, expect, it } from '@jest/globals';
import { wholeStream, type Page, type ReadContext } from '../../index.ts';
import { testContext } from '../../testing/index.ts';
import { localServer, type LocalServer } from '../testing/local-server.ts';
import { restSource } from './rest-source.ts';
import type { RestStream } from './rest-stream.ts';

/** What an API answers: its text by page, and the type of its content. */
type Pages = Record<string, string | Buffer>;

describe('restSource reads answers in several formats, and', () => {
  let server: LocalServer | undefined;
  let accepted: string | undefined;
  afterEach(() => server?.close());

  const paging = { kind: 'page', param: 'p' } as const;
  const csv: Partial<RestStream> = { format: 'csv', key: 'id', paging };
  const jsonl: Partial<RestStream> = { format: 'jsonl', key: 'id', paging };

  async function read(definition: Partial<RestStream>, pages: Pages, type?: string, more: Partial<ReadContext> = {}) {
    await server?.close();
    server = await localServer(({ url, headers }, response) => {
      accepted = headers.accept;
      if (type !== undefined) response.setHeader('content-type', type);
      response.end(pages[url.searchParams.get('p') ?? ''] ?? '');
    });
    return pagesOf({ path: '/items', ...definition }, server.url, more);
  }

  const rows = (pages: Page[]) => pages.flatMap(({ records }) => records);

  it.each([
    ['csv', csv, 'text/csv', { 1: 'id,name\n1,Ann\n2,\n', 2: 'id,name\n3,Cy\n', 3: 'id,name\n' }],
    [
      'jsonl',
      { ...jsonl, records: undefined },
      'application/x-ndjson',
      { 1: '{"id":"1","name":"Ann"}\n{"id":"2","name":null}\n', 2: '{"id":"3","name":"Cy"}\n' },
    ],
  ])('reads %s page by page, and goes on after each', async (_, definition, type, answers: Pages) => {
    const pages = await read(definition, answers, type);
    expect(accepted).toContain(type);
    expect(rows(pages)).toEqual([
      { id: '1', name: 'Ann' },
      { id: '2', name: null },
      { id: '3', name: 'Cy' },
    ]);
    expect(pages[1]?.positions?.[0]).toMatch(/^page 2, line [12]$/);
    expect(await read(definition, answers, type, { resume: pages[0]?.resume })).toEqual(pages.slice(1));
  });

  it('gives a JSON record that is too deep to be stored among the others: the engine rejects it alone', async () => {
    const deep = `{"id":2,"in":${'['.repeat(150)}${']'.repeat(150)}}`;
    const [page] = await read({ records: 'data' }, { '': `{"data":[{"id":1},${deep},{"id":3}]}` });
    expect(page?.records.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('rejects broken rows, and only these', async () => {
    const [page] = await read(csv, { 1: 'id,name\n1,Ann\n2,a,b\n3,Cy\n' });
    expect(page?.records).toHaveLength(2);
    expect(page?.rejects).toMatchObject([{ raw: '2,a,b', position: 'page 1, line 3', code: 'malformed_row' }]);
  });

  it.each([
    ['windows-1252', Buffer.from([0x69, 0x64, 0x0a, 0x80])],
    ['UTF-16LE', Buffer.from('\ufeffid\n€', 'utf16le')],
    ['UTF-8', Buffer.from('\ufeffid\n€')],
  ])('reads the character set that the answer declares: %s', async (charset, bytes) => {
    expect(rows(await read(csv, { 1: bytes }, `text/csv; charset="${charset}"`))).toEqual([{ id: '€' }]);
  });

  it('finds the fields that another stream’s record adds', async () => {
    const people: RestStream = { path: '/people', key: 'id', format: 'csv' };
    const notes: RestStream = { path: '/{id}/notes', each: 'people', adds: { person: 'id' }, key: ['person', 'text'] };
    server = await localServer(({ url }, response) => {
      response.end(url.pathname === '/people' ? 'id\n7\n' : 'text\nhello\n');
    });
    const pages = await pagesOf({ ...notes, format: 'csv' }, server.url, {}, { people });
    expect(rows(pages)).toEqual([{ person: '7', text: 'hello' }]);
  });

  it.each(['\t', 'tab'])('reads another delimiter: %j', async (delimiter) => {
    expect(rows(await read({ ...csv, delimiter }, { 1: 'id\tname\n1\tAnn\n' }))).toEqual([{ id: '1', name: 'Ann' }]);
  });

  it.each([
    ['a page for people', csv, '<html><title>Sign in</title></html>', 'text/html', 'gave text/html: "Sign in"'],
    ['an error', csv, '{"error":"no such report"}', 'application/json', 'gave application/json'],
    ['another delimiter', csv, 'id;name\n1;Ann\n', 'text/csv', 'the answer has no column "id"'],
    ['a sentence', csv, 'Report is being made\n', 'text/plain', 'the answer has no column "id"'],
    ['no cursor', { ...csv, cursor: 'changed' }, 'id\n1\n', 'text/csv', 'the answer has no column "changed"'],
    ['a sentence', jsonl, 'Too early\n', 'text/plain', 'none of the 1 lines is a JSON object: "Too early"'],
    ['a page for people', jsonl, '<html>Sign in</html>', 'text/html', 'gave text/html: "Sign in"'],
    ['an unheard-of character set', csv, 'id\n1\n', 'text/csv; charset=klingon', 'character set "klingon"'],
  ])('takes %s for no empty list', async (_, definition: Partial<RestStream>, text, type, message) => {
    await expect(read(definition, { 1: text }, type)).rejects.toMatchObject({
      code: 'invalid_response',
      message: expect.stringContaining(message) as unknown,
    });
  });

  it.each<[string, Partial<RestStream>]>([
    ['a path of records', { ...csv, records: 'data' }],
    ['a cursor from the answer', { ...jsonl, paging: { kind: 'cursor', next: 'next', param: 'p' } }],
    ['a link from the answer', { ...jsonl, paging: { kind: 'link', next: 'next' } }],
    ['a delimiter of two characters', { ...csv, delimiter: '||' }],
    ['a delimiter without CSV', { ...jsonl, delimiter: ';' }],
  ])('refuses %s', async (_, definition) => {
    await expect(read(definition, {})).rejects.toMatchObject({ code: 'invalid_config' });
  });
});

async function pagesOf(
  definition: RestStream,
  baseURL: string,
  more: Partial<ReadContext>,
  others: Record<string, RestStream> = {},
): Promise<Page[]> {
  const { streams } = restSource({ streams: { ...others, items: definition } });
  const stream = typeof streams === 'function' ? undefined : streams.items;
  const settled = { stream: { name: 'items', key: ['id'] }, until: '2026-01-01T00:00:00.000Z', slice: wholeStream };
  const pages: Page[] = [];
  const read = stream?.read?.({ ...testContext({}, { settings: { baseURL } }), ...settled, ...more });
  for await (const page of read ?? []) pages.push(page);
  return pages;
}
