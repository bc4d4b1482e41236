import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Condition } from '@millrace/sdk';
import { dropTestDatabase, testServices } from '#tools/testing';
import { SchemaOnRead } from '../schema-on-read/index.ts';
import { rowOf, startLanding, type Landing } from '../testing/test-landing.ts';
import { LandedRows, type RowPage, type RowQuery } from './index.ts';

const name = 'con_shop.people';

describe('queries over the landing', () => {
  let landing: Landing;
  const query = (given: Partial<RowQuery> = {}): Promise<RowPage> =>
    landing.module.get(LandedRows).query(name, { limit: 100, ...given });
  const ids = ({ data }: RowPage): unknown[] => data.map(({ row }) => (row as { id: unknown }).id);

  beforeAll(async () => {
    landing = await startLanding();
    const rows = Array.from({ length: 10_500 }, (_, id) =>
      rowOf({ id, email: `u${id}@x.com`, 'odd name': id % 2 === 0 ? 'even' : null, tags: ['a', id] }),
    );
    for (let start = 0; start < rows.length; start += 1_000) await landing.push(rows.slice(start, start + 1_000));
  });
  afterAll(async () => {
    await landing.close();
    await dropTestDatabase(testServices());
  });

  it('pages through every row once, in a stable order', async () => {
    const seen: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await query({ limit: 2_000, after });
      seen.push(...ids(page));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toHaveLength(10_500);
    expect(new Set(seen).size).toBe(10_500);
  });

  it('looks at so many rows a request, and says where to go on', async () => {
    const where: Condition = { field: 'id', is: 'lessThan', value: 0 };
    const first = await query({ where });
    expect(first).toMatchObject({ data: [], scanned: 10_000, next: expect.any(String) });
    expect(await query({ where, after: first.next ?? '' })).toMatchObject({ data: [], scanned: 500, next: null });
  });

  it('finds a row by its key at once', async () => {
    const where: Condition = {
      all: [
        { field: 'id', is: 'equals', value: 4711 },
        { field: 'email', is: 'exists' },
      ],
    };
    const page = await query({ where, select: ['email', '["odd name"]', 'tags[1]'] });
    expect(page).toMatchObject({ scanned: 1, next: null });
    expect(page.data[0]?.row).toEqual({ email: 'u4711@x.com', '["odd name"]': null, 'tags[1]': 4711 });
    expect((await query({ where: { field: 'id', is: 'equals', value: '4711' } })).data).toEqual([]); // a text is no number
  });

  it('shows rows as they were, and says what is forgotten', async () => {
    const only: Condition = { field: 'id', is: 'equals', value: 1 };
    const before = new Date();
    for (let n = 1; n <= 2; n++)
      await landing.push([rowOf({ id: 1, email: `new${n}@x.com` }, { at: `2024-06-0${n}T00:00:00.000Z` })], {
        run: 'run_2',
      });
    await landing.push([rowOf({}, { op: 'delete', key: '1', record: { id: 1 }, at: '2024-07-01T00:00:00.000Z' })]);
    expect((await query({ where: only })).data).toEqual([]);
    expect((await query({ where: only, asOf: before })).data).toMatchObject([
      { version: 1, row: { email: 'u1@x.com' } },
    ]);
    expect((await query({ where: only, asOf: new Date(0) })).data).toEqual([]);
    await landing.push([rowOf({ id: 1 }, { at: '2024-08-01T00:00:00.000Z' })]);
    expect(await query({ where: only, asOf: before })).toMatchObject({ data: [], forgotten: 1 });
  });

  it.each([
    [{ where: { field: 'id', is: 'resembles' } }, 'invalid_condition'],
    [{ select: ['a['] }, 'invalid_mapping'],
    [{ after: 'x' }, 'bad_request'],
    [{ after: Buffer.from('"../x"').toString('base64url') }, 'bad_request'],
  ])('refuses %j', async (wrong, code) => {
    await expect(query(wrong as Partial<RowQuery>)).rejects.toMatchObject({ code });
  });

  it('tells the fields from a sample, without telling values', async () => {
    const schema = await landing.module.get(SchemaOnRead).of(name);
    expect(schema).toMatchObject({ sampled: 1_000, partial: true });
    expect(schema.fields.map(({ path }) => path)).toEqual(['["odd name"]', 'email', 'id', 'tags', 'tags[*]']);
    const field = (path: string) => schema.fields.find((one) => one.path === path);
    expect(field('email')?.shapes).toContain('x99999@x.xxx');
    expect(field('tags[*]')).toMatchObject({ types: { text: 999, number: 999 }, filled: 0.999 });
    expect(JSON.stringify(schema)).not.toContain('u10');
  });
});
