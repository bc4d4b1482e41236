import { afterEach, describe, expect, it } from '@jest/globals';
import { wholeStream, type Row } from '../../index.ts';
import { testContext } from '../../testing/index.ts';
import { localServer, type LocalServer } from '../testing/local-server.ts';
import { bodyWith } from './body-with.ts';
import { restSource } from './rest-source.ts';
import type { RestStream } from './rest-stream.ts';

describe('the body of a search', () => {
  let server: LocalServer | undefined;
  afterEach(() => server?.close());

  const search: RestStream = {
    path: '/contacts/search',
    method: 'POST',
    body: { query: { operator: 'AND', value: [{ field: 'updated_at', operator: '>', value: 0 }] } },
    cursor: 'updated_at',
    since: { param: 'query.value[0].value' },
    paging: { kind: 'cursor', next: 'next', param: 'pagination.starting_after' },
    records: 'data',
  };

  it('has the cursor of the last run in the condition that its list holds', async () => {
    const asked: unknown[] = [];
    server = await localServer(({ body }) => {
      asked.push(JSON.parse(body));
      return asked.length === 1 ? { data: [{ id: 1 }], next: 'two' } : { data: [{ id: 2 }] };
    });
    const ctx = testContext({}, { settings: { baseURL: server.url } });
    const { streams } = restSource({ streams: { search } });
    const reading = { stream: { name: 'search', key: [] }, state: { cursor: 17 }, until: '', slice: wholeStream };
    const rows: Row[] = [];
    for await (const { records } of (typeof streams === 'object' && streams.search?.read?.({ ...ctx, ...reading })) ||
      [])
      rows.push(...records);
    expect(rows).toEqual([{ id: 1 }, { id: 2 }]);
    const query = { operator: 'AND', value: [{ field: 'updated_at', operator: '>', value: 17 }] };
    expect(asked).toEqual([{ query }, { query, pagination: { starting_after: 'two' } }]);
  });

  it.each([
    ['query.value[1].value', 'a condition that the list lacks'],
    ['query.value.value', 'a list as if it were an object'],
    ['query[0]', 'an object as if it were a list'],
    ['query.value[*].value', 'all elements'],
    ['$', 'the whole'],
  ])('is refused before the first run where a path (%s) names %s', (param) => {
    expect(() => restSource({ streams: { search: { ...search, since: { param } } } })).toThrow(
      expect.objectContaining({ code: 'invalid_config', message: expect.stringContaining(`"${param}" leads nowhere`) }),
    );
  });

  it('takes paths that make what is not there, and names with dots', () => {
    expect(bodyWith({ a: 1 }, { 'b.c': 2, '["x.y"]': 3 })).toEqual({ a: 1, b: { c: 2 }, 'x.y': 3 });
  });
});
