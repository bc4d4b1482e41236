import { afterEach, describe, expect, it } from '@jest/globals';
import { wholeStream, type Page, type ReadContext, type Row } from '../../index.ts';
import { testContext } from '../../testing/index.ts';
import { localServer, type LocalServer } from '../testing/local-server.ts';
import type { Paging } from './paging.ts';
import { readRest } from './read-rest.ts';

type Answer = Parameters<typeof localServer>[0];

const numbered: Paging = { kind: 'page', param: 'page', size: { param: 'per_page', value: 10 } };
const pageOf = (page: number, count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: page * 100 + index }));

describe('a page that is shorter than others', () => {
  let server: LocalServer | undefined;
  afterEach(() => server?.close());

  async function read(paging: Paging, answer: Answer): Promise<Row[]> {
    server = await localServer(answer);
    const ctx = testContext({}, { settings: { baseURL: server.url } });
    const stream = { name: 'items', key: [] };
    const pages: Page[] = [];
    const reading: ReadContext = { ...ctx, stream, slice: wholeStream, until: new Date(0).toISOString() };
    for await (const page of readRest({ path: '/items', paging }, reading)) pages.push(page);
    return pages.flatMap(({ records }) => records);
  }

  it('is not the last one: the API may have left out what is hidden', async () => {
    const sizes = [10, 7, 10, 4];
    const all = sizes.flatMap((size, index) => pageOf(index + 1, size));
    const inPages: Answer = ({ url }) => {
      const page = Number(url.searchParams.get('page'));
      return pageOf(page, sizes[page - 1] ?? 0);
    };
    expect(await read(numbered, inPages)).toEqual(all);
    expect(server?.requests).toHaveLength(5);
  });

  it('is not the last one of offsets either', async () => {
    const hidden = (id: number): boolean => id === 12 || id === 17;
    const all = Array.from({ length: 34 }, (_, id) => ({ id }));
    const paging: Paging = { kind: 'offset', offsetParam: 'skip', limitParam: 'take', limit: 10 };
    const found = await read(paging, ({ url }) => {
      const skip = Number(url.searchParams.get('skip'));
      return all.slice(skip, skip + 10).filter(({ id }) => !hidden(id));
    });
    expect([...new Set(found.map(({ id }) => id))]).toEqual(all.map(({ id }) => id).filter((id) => !hidden(id)));
  });

  it.each<[string, (page: number, response: Parameters<Answer>[1]) => unknown]>([
    ['an empty page', () => []],
    ['the last page again', () => pageOf(3, 4)],
    ...[400, 404, 416, 422].map((status): [string, (page: number, response: Parameters<Answer>[1]) => unknown] => [
      `status ${status}`,
      (_, response) => {
        response.statusCode = status;
        return { message: 'There is no such page.' };
      },
    ]),
  ])('is the last one where the next one is %s', async (_, past) => {
    const answer: Answer = ({ url }, response) => {
      const page = Number(url.searchParams.get('page'));
      return page > 3 ? past(page, response) : pageOf(page, page === 3 ? 4 : 10);
    };
    expect(await read(numbered, answer)).toHaveLength(24);
  });

  it.each([400, 422])('has to be there: %i after a full one is an error', async (status) => {
    const answer: Answer = ({ url }, response) => {
      const page = Number(url.searchParams.get('page'));
      if (page > 2) response.statusCode = status;
      return page > 2 ? { message: 'Too many.' } : pageOf(page, 10);
    };
    await expect(read(numbered, answer)).rejects.toMatchObject({ code: 'remote_rejected' });
  });
});
