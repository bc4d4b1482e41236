import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { objectsOf, streamsOf, type PlanContext, type Stream } from '@millrace/sdk';
import { readAll, testConnector } from '@millrace/sdk/testing';
import connector from './index.ts';
import { fileContext } from './testing/context.ts';
import { joined, scratch } from './testing/read-rows.ts';

let folder: Awaited<ReturnType<typeof scratch>>;
beforeAll(async () => {
  folder = await scratch();
  const rows = Array.from({ length: 2_300 }, (_, index) => `${index},Zoë ${index}`);
  await folder.write('people.csv', ['id,name', ...rows, 'broken', ''].join('\n'));
  await folder.write('shop-a.csv', 'id,at\n1,2026-01-01\n2,2026-01-03\n');
  await folder.write('shop-b.csv', 'id,at\n3,2026-01-02\n4,\n');
});
afterAll(() => folder.remove());

testConnector(
  connector,
  {
    config: { path: 'people.csv', key: 'id', output: 'out/people-{run}.csv' },
    badConfig: { path: 'nobody.csv' },
    invalidConfigs: [{ path: 17 }, { path: 'a.csv', format: 'xml' }, { path: 'a.csv', unknown: true }],
    context: () => ({ root: folder.root }),
    objects: { rows: { rows: [{ a: 1 }, { a: 2, b: { c: 'x' } }] } },
  },
  { describe, it },
);

async function rowsOf(config: Record<string, unknown>): Promise<{ rows: Stream; plan: PlanContext }> {
  const ctx = fileContext(folder.root, config);
  const { rows } = await streamsOf(connector, ctx);
  if (!rows) throw new Error('no stream');
  return { rows, plan: { ...ctx, stream: { name: 'rows', key: [], cursor: rows.cursor }, until: '2026-01-31' } };
}

describe('a file connection', () => {
  it('offers the columns of the header', async () => {
    const { rows } = await rowsOf({ path: 'people.csv', key: 'id' });
    expect(rows.key).toEqual(['id']);
    expect(Object.keys(rows.schema?.properties as object)).toEqual(['id', 'name']);
  });

  it('plans a slice a file of a glob, and expects about as many rows as there are', async () => {
    const { rows, plan } = await rowsOf({ path: 'shop-*.csv' });
    const slices = (await rows.plan?.(plan)) as { id: string; weight: number }[];
    expect(slices.map(({ id }) => id.replace(/-[^-]*$/, ''))).toEqual(['shop-a.csv', 'shop-b.csv']);
    expect(joined(await readAll(rows, plan)).records.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
    const shop = await rowsOf({ path: 'shop-a.csv' });
    expect(await shop.rows.count?.(shop.plan)).toBe(2); // and its header, which is no row
    const people = await rowsOf({ path: 'people.csv' });
    expect(Math.abs(((await people.rows.count?.(people.plan)) ?? 0) - 2_300)).toBeLessThan(5);
  });

  it('reads from the last cursor on, and what has none', async () => {
    const { rows, plan } = await rowsOf({ path: 'shop-*.csv', cursor: 'at' });
    const pages = await readAll(rows, plan, { state: { cursor: '2026-01-02' } });
    expect(joined(pages).records.map(({ id }) => id)).toEqual(['2', '3', '4']);
  });

  it('names the columns when key or cursor is none of them', async () => {
    await expect(rowsOf({ path: 'people.csv', key: 'nr' })).rejects.toMatchObject({
      code: 'invalid_config',
      message: expect.stringContaining('id, name') as unknown,
    });
  });

  it('says that a file is empty, where its columns matter', async () => {
    await folder.write('empty.csv', '\n\n');
    const empty = { code: 'invalid_response', message: expect.stringContaining('empty.csv is empty') as unknown };
    await expect(rowsOf({ path: 'empty.csv', key: 'id' })).rejects.toMatchObject(empty);
    await expect(rowsOf({ path: 'empty.csv', cursor: 'at' })).rejects.toMatchObject(empty);
  });

  it('checks that there is something to read or to write', async () => {
    await expect(connector.check(fileContext(folder.root, {}))).rejects.toMatchObject({ code: 'invalid_config' });
    await expect(connector.check(fileContext(folder.root, { output: 'x.csv' }))).resolves.toBeUndefined();
    expect(await streamsOf(connector, fileContext(folder.root, { output: 'x.csv' }))).toEqual({});
  });

  it.each([
    ['people-{run}.csv', false],
    ['people-{date}.csv', true],
    ['people.csv', true],
  ])('writes %s: a run replaces the former one’s rows: %s', async (output, startsAnew) => {
    const { rows } = await objectsOf(connector, fileContext(folder.root, { output }));
    expect(rows).toMatchObject({ startsAnew });
  });

  it('reads from an address', async () => {
    const server = createServer((_, response) => response.end(gzipSync('id,name\n1,Zoë\n')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { rows, plan } = await rowsOf({ path: `http://127.0.0.1:${port}/exports/people.csv.gz?day=1` });
    const { records, positions } = joined(await readAll(rows, plan));
    expect(records).toEqual([{ id: '1', name: 'Zoë' }]);
    expect(positions).toEqual(['people.csv.gz:2']);
    server.close();
  });
});
