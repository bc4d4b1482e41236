import { afterEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import fc from 'fast-check';
import type { ServerResponse } from 'node:http';
import { wholeStream, type Json, type Page, type ReadContext, type Row } from '../../index.ts';
import { testContext } from '../../testing/index.ts';
import { localServer, type LocalServer } from '../testing/local-server.ts';
import { restSource } from './rest-source.ts';
import type { RestStream } from './rest-stream.ts';

type Answer = Parameters<typeof localServer>[0];

describe('restSource', () => {
  let server: LocalServer | undefined;
  afterEach(() => server?.close());

  async function read(
    definition: Partial<RestStream>,
    answer: Answer,
    more: Partial<ReadContext> = {},
  ): Promise<Page[]> {
    await server?.close();
    server = await localServer(answer);
    return pagesOf({ path: '/items', ...definition }, server.url, more);
  }

  const people = (count: number): Row[] => Array.from({ length: count }, (_, index) => ({ id: index + 1 }));
  const rows = (pages: Page[]) => pages.flatMap(({ records }) => records);
  const slice = (from: number, count: number, total = 25) => people(total).slice(from, from + count);

  const apis: { name: string; definition: Partial<RestStream>; answer: (size: number, total: number) => Answer }[] = [
    {
      name: 'numbered pages',
      definition: { paging: { kind: 'page', param: 'p', size: { param: 'n', value: 10 } } },
      answer:
        (size, total) =>
        ({ url }) =>
          slice((Number(url.searchParams.get('p')) - 1) * size, size, total),
    },
    {
      name: 'pages of unknown size, from 0',
      definition: { records: 'data.items', paging: { kind: 'page', param: 'p', start: 0 } },
      answer:
        (size, total) =>
        ({ url }) => ({ data: { items: slice(Number(url.searchParams.get('p')) * size, size, total) } }),
    },
    {
      name: 'offsets, where the API gives less than it is asked for',
      definition: { paging: { kind: 'offset', offsetParam: 'skip', limitParam: 'take', limit: 500 } },
      answer:
        (size, total) =>
        ({ url }) =>
          slice(Number(url.searchParams.get('skip')), size, total),
    },
    {
      name: 'cursors',
      definition: { records: 'items', paging: { kind: 'cursor', next: 'meta.next', param: 'after' } },
      answer:
        (size, total) =>
        ({ url }) => {
          const from = Number(url.searchParams.get('after') ?? 0);
          return { items: slice(from, size, total), meta: { next: from + size < total ? String(from + size) : null } };
        },
    },
    {
      name: 'cursors in the body of a POST',
      definition: {
        method: 'POST',
        body: { filter: 'all' },
        records: 'items',
        paging: { kind: 'cursor', next: 'next', param: 'page.after' },
      },
      answer:
        (size, total) =>
        ({ body }) => {
          const sent = JSON.parse(body) as { filter: string; page?: { after: number } };
          const from = sent.page?.after ?? 0;
          return {
            items: sent.filter === 'all' ? slice(from, size, total) : [],
            next: from + size < total ? from + size : undefined,
          };
        },
    },
    {
      name: 'Link headers',
      definition: { params: { sort: 'id' }, paging: { kind: 'link' } },
      answer:
        (size, total) =>
        ({ url }, response) => {
          const from = Number(url.searchParams.get('from') ?? 0);
          const next = `<http://${url.host}/items?sort=id&from=0>; rel="first", <?sort=id&from=${from + size}>; title="a, b"; rel="prev next"`;
          if (from + size < total) response.setHeader('link', next);
          return url.searchParams.get('sort') === 'id' ? slice(from, size, total) : [];
        },
    },
    {
      name: 'links in the body',
      definition: { records: 'items', paging: { kind: 'link', next: 'next' } },
      answer:
        (size, total) =>
        ({ url, headers }) => {
          const from = Number(url.searchParams.get('from') ?? 0);
          const next = from + size < total ? `http://${headers.host}/items?from=${from + size}` : null;
          return { items: slice(from, size, total), next };
        },
    },
  ];

  describe.each(apis)('$name', ({ definition, answer }) => {
    it('reads every record once, and goes on after every page', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 3, max: 12 }), fc.integer({ min: 0, max: 25 }), async (size, total) => {
          const pages = await read(definition, answer(size, total));
          expect(rows(pages)).toEqual(people(total));
          for (const [index, { resume }] of pages.entries()) {
            const rest = await pagesOf({ path: '/items', ...definition }, server?.url ?? '', { resume });
            expect(rest).toEqual(pages.slice(index + 1));
          }
        }),
        { numRuns: 5 },
      );
    });
  });

  it('asks once where there is no paging', async () => {
    expect(rows(await read({}, () => people(3)))).toEqual(people(3));
    expect(server?.requests).toEqual(['GET /items']);
  });

  it('takes 404 past the first page as the end', async () => {
    const answer: Answer = ({ url }, response) => {
      if (url.searchParams.get('page') === '1') return people(3);
      response.statusCode = 404;
      return { detail: 'Invalid page.' };
    };
    expect(rows(await read({ paging: { kind: 'page', param: 'page' } }, answer))).toEqual(people(3));
  });

  it('goes on over an empty page that names a further one', async () => {
    const answer: Answer = ({ url }) => {
      const at = Number(url.searchParams.get('c') ?? 0);
      return { items: at === 1 ? [] : [{ id: at }], next: at < 3 ? at + 1 : null };
    };
    const pages = await read({ records: 'items', paging: { kind: 'cursor', next: 'next', param: 'c' } }, answer);
    expect(rows(pages)).toEqual([{ id: 0 }, { id: 2 }, { id: 3 }]);
  });

  it('makes rejects of what is no record, with its place', async () => {
    const [page] = await read({}, () => [{ id: 1 }, 'two', null, { id: 4 }]);
    expect(page).toMatchObject({
      records: [{ id: 1 }, { id: 4 }],
      positions: ['page 1, record 1', 'page 1, record 4'],
      rejects: [
        { raw: 'two', position: 'page 1, record 2', code: 'malformed_row' },
        { raw: null, position: 'page 1, record 3', code: 'malformed_row' },
      ],
    });
  });

  it.each([
    ['the cursor as it is', undefined, '2026-01-05T06:00:00.123Z', '2026-01-05T06:00:00.123Z'],
    ['ISO', 'iso', 1_767_592_800, '2026-01-05T06:00:00.000Z'],
    ['seconds', 'epoch', '2026-01-05T06:00:00.900Z', '1767592800'],
    ['milliseconds', 'epochMs', '2026-01-05T06:00:00.900Z', '1767592800900'],
  ] as const)('asks for changes only: %s', async (_, format, cursor, sent) => {
    const definition = { cursor: 'updatedAt', since: { param: 'updated_after', format } };
    await read(definition, () => people(1), { state: { cursor } });
    expect(server?.requests).toEqual([`GET /items?updated_after=${encodeURIComponent(sent).replaceAll('%3A', ':')}`]);
    const asked = server?.requests;
    await read(definition, () => people(1), { state: { cursor: 1 }, window: { from: cursor } });
    expect(server?.requests).toEqual(asked);
    await read(definition, () => people(1), { state: { cursor: 1 }, window: { to: cursor } });
    expect(server?.requests).toEqual(['GET /items']);
    await read(definition, () => people(1));
    expect(server?.requests).toEqual(['GET /items']);
  });

  it('asks from before a window, too, where it looks back', async () => {
    const definition = { cursor: 'updatedAt', lookback: 60, since: { param: 'after', format: 'epoch' } } as const;
    await read(definition, () => people(1), { window: { from: '2026-01-05T06:01:00Z' } });
    expect(server?.requests).toEqual(['GET /items?after=1767592800']);
  });

  it('asks for changes in an expression of the API', async () => {
    const since = { param: 'filter', format: 'iso', expression: 'greater-or-equal(updated,{since})' } as const;
    const state = { cursor: '2026-01-05T06:00:00Z' };
    await read({ cursor: 'updatedAt', since }, () => people(1), { state });
    expect(server?.requests).toEqual(['GET /items?filter=greater-or-equal(updated,2026-01-05T06:00:00.000Z)']);
    await read({ cursor: 'updatedAt', since }, () => people(1));
    expect(server?.requests).toEqual(['GET /items']);
    const closed = { param: 'filter', expression: "updated gt '2026'" };
    await expect(read({ cursor: 'updatedAt', since: closed }, () => people(1), { state })).rejects.toMatchObject({
      code: 'invalid_config',
      message: asText(expect.stringContaining('Put {since} into it')),
    });
  });

  describe('paging that would not end', () => {
    it.each<[string, Partial<RestStream>, Answer]>([
      ['ignored page numbers', { paging: { kind: 'page', param: 'page' } }, () => people(3)],
      [
        'the same cursor again',
        { records: 'i', paging: { kind: 'cursor', next: 'n', param: 'c' } },
        ({ url }) => ({ i: [{ at: url.search, x: Math.random() }], n: 'same' }),
      ],
      [
        'a circle of links',
        { records: 'i', paging: { kind: 'link', next: 'n' } },
        ({ url }) => {
          const at = Number(url.searchParams.get('at') ?? 0);
          return { i: [{ at }], n: `/items?at=${at < 5 ? at + 1 : 2}` };
        },
      ],
      [
        'empty pages for ever',
        { records: 'i', paging: { kind: 'cursor', next: 'n', param: 'c' } },
        ({ url }) => ({ i: [], n: Number(url.searchParams.get('c') ?? 0) + 1 }),
      ],
    ])('is found: %s', async (_, definition, answer) => {
      await expect(read(definition, answer)).rejects.toMatchObject({
        code: 'invalid_response',
        message: asText(expect.stringContaining('does not end')),
      });
    });

    it('is found also right after going on', async () => {
      const [page] = await firstPages({ path: '/items', paging: { kind: 'page', param: 'page' } }, 1);
      await expect(
        read({ paging: { kind: 'page', param: 'page' } }, () => people(3), { resume: page?.resume }),
      ).rejects.toThrow('does not end');
    });

    it('is no fault where an API names itself as the next of an empty page', async () => {
      const answer: Answer = ({ url }) =>
        url.searchParams.has('c') ? { i: [], n: 'end' } : { i: people(2), n: 'end' };
      expect(rows(await read({ records: 'i', paging: { kind: 'cursor', next: 'n', param: 'c' } }, answer))).toEqual(
        people(2),
      );
    });

    async function firstPages(definition: RestStream, count: number): Promise<Page[]> {
      server = await localServer(() => people(3));
      const pages: Page[] = [];
      for await (const page of open(definition, server.url, {})) if (pages.push(page) >= count) break;
      return pages;
    }
  });

  it('tells large ids apart, and sends a large cursor as it came', async () => {
    const first = '{"items":[{"id":9007199254740992},{"id":9007199254740993}],"next":9007199254740995}';
    const paging = { kind: 'cursor', next: 'next', param: 'after' } as const;
    const [page] = await read({ records: 'items', paging }, ({ url }, response) =>
      url.searchParams.has('after') ? { items: people(1) } : void response.end(first),
    );
    expect(page?.records).toEqual([{ id: '9007199254740992' }, { id: '9007199254740993' }]);
    expect(server?.requests).toEqual(['GET /items', 'GET /items?after=9007199254740995']);
  });

  describe('answers that cannot be understood', () => {
    it('shows the beginning of what is not JSON, without mark-up and credentials', async () => {
      const answer: Answer = (_, response) => {
        response.setHeader('content-type', 'text/html');
        response.end(
          `<!doctype html><style>b{}</style><h1>Sign in</h1> ann@example.com key-4711-secret ${'x'.repeat(200)}`,
        );
      };
      await expect(read({}, answer)).rejects.toMatchObject({
        code: 'invalid_response',
        message: asText(
          expect.stringMatching(
            /^GET \/items was expected to answer with JSON, but gave text\/html: "Sign in \[email\] \[redacted\] x+…"\. Check the base URL/,
          ),
        ),
      });
    });

    it.each([
      ['cut off', '[{"id":1},{"id'],
      ['too deep', `[${'['.repeat(2000)}${']'.repeat(2000)}]`],
    ])('does not speak of sign-in pages where JSON is %s', async (_, text) => {
      const answer: Answer = (_, response) => {
        response.setHeader('content-type', 'application/json').end(text);
      };
      await expect(read({}, answer)).rejects.toMatchObject({
        code: 'invalid_response',
        message: asText(
          expect.stringMatching(/\(application\/json\), and is not, or is nested more than 1000 levels deep: "\[/),
        ),
      });
    });

    it.each<[string, Partial<RestStream>, unknown, RegExp]>([
      [
        'an object without a path',
        {},
        { data: [1], total: 1 },
        /the answer itself was expected to be a list.*object with data, total.*Set the path/,
      ],
      [
        'a wrong path',
        { records: 'items' },
        { error: 'quota' },
        /"items" of the answer.*object with error: "\{"error":"quota"\}"/,
      ],
      ['a path to something else', { records: 'items' }, { items: {} }, /expected to be a list/],
    ])('says what was expected: %s', async (_, definition, body, message) => {
      await expect(read(definition, () => body)).rejects.toMatchObject({
        code: 'invalid_response',
        message: asText(expect.stringMatching(message)),
      });
    });

    it('takes null at the path for an empty list', async () => {
      expect(await read({ records: 'items' }, () => ({ items: null }))).toEqual([]);
    });

    it('does not follow a link to another host', async () => {
      const answer: Answer = () => ({ items: people(1), next: 'https://evil.example/items?page=2' });
      await expect(read({ records: 'items', paging: { kind: 'link', next: 'next' } }, answer)).rejects.toThrow(
        'another host (evil.example)',
      );
    });

    it.each(['https://evil.example/items', '//evil.example/items'])(
      'does not leave the base URL for the path %s',
      async (path) => {
        await expect(read({ path }, () => people(1))).rejects.toMatchObject({ code: 'invalid_config' });
      },
    );

    it('stays an error of the connection when it breaks off', async () => {
      const answer: Answer = (_, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('[{"id":1},', () => response.destroy());
      };
      server = await localServer(answer);
      const http = axios.create({ baseURL: server.url });
      await expect(pagesOf({ path: '/items' }, server.url, { http })).rejects.toMatchObject({ code: 'unreachable' });
    });
  });

  it("keeps the connection's own parameters out of what is stored", async () => {
    const answer: Answer = ({ url }) => ({
      items: [{ id: url.search }],
      next: url.searchParams.has('page') ? null : `${url.pathname}${url.search}&page=2`,
    });
    server = await localServer(answer);
    const settings = { baseURL: server.url, params: { api_key: 'key-4711-secret' } };
    const pages = await pagesOf(
      { path: '/items', records: 'items', paging: { kind: 'link', next: 'next' } },
      server.url,
      {},
      settings,
    );
    expect(server.requests).toEqual([
      'GET /items?api_key=key-4711-secret',
      'GET /items?page=2&api_key=key-4711-secret',
    ]);
    expect(JSON.stringify(pages.map(({ resume }) => resume))).not.toContain('4711');
  });

  it('makes its streams from the configuration where it is given a function', async () => {
    const source = restSource<{ lists: string[] }>(({ lists }) => ({
      streams: Object.fromEntries(lists.map((list) => [list, { path: `/${list}` }])),
    }));
    const streams =
      typeof source.streams === 'function' ? await source.streams(testContext({ lists: ['a', 'b'] })) : source.streams;
    expect(Object.keys(streams)).toEqual(['a', 'b']);
  });
});

function open(definition: RestStream, baseURL: string, more: Partial<ReadContext>, settings = {}): AsyncIterable<Page> {
  const { streams } = restSource({ streams: { items: definition } });
  const stream = typeof streams === 'function' ? undefined : streams.items;
  const ctx = testContext(
    {},
    { settings: { baseURL, headers: { authorization: 'Bearer key-4711-secret' }, ...settings } },
  );
  const settled = { stream: { name: 'items', key: ['id'] }, until: '2026-01-01T00:00:00.000Z', slice: wholeStream };
  return stream?.read?.({ ...ctx, ...settled, ...more }) ?? never();
}

async function pagesOf(...[definition, url, more, settings]: Parameters<typeof open>): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of open(definition, url, { ...more, resume: stored(more.resume) }, settings)) pages.push(page);
  return pages;
}

const asText = (matcher: unknown) => matcher as string;

/** What MongoDB would give back. */
function stored(resume: Json | undefined): Json | undefined {
  return resume === undefined ? undefined : (JSON.parse(JSON.stringify(resume)) as Json);
}

function never(): never {
  throw new Error('the stream cannot be read');
}
