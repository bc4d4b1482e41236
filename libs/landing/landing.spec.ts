import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { mongo } from 'mongoose';
import type { Json, Outcome, PushRow, Row } from '@millrace/sdk';
import { contentHash, Signer } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { LandedRows, RowHistory } from './query/index.ts';
import { stampOf } from './store/index.ts';
import { rowOf, startLanding, type Landing } from './testing/test-landing.ts';

const name = 'con_shop.people';
const day = (n: number): string => `2024-05-${String(n).padStart(2, '0')}T00:00:00.000Z`;
const ok = (effect: string): Outcome => ({ status: 'ok', effects: { [effect]: 1 } });

describe('the landing', () => {
  let landing: Landing;

  beforeAll(async () => {
    landing = await startLanding();
  });
  afterEach(() => landing.clear());
  afterAll(async () => {
    await landing.close();
    await dropTestDatabase(testServices());
  });

  const recordsOf = async (): Promise<Row[]> => (await landing.read(name)).pages.flatMap(({ records }) => records);

  it('tells what was new, what changed, and what did not', async () => {
    const rows = [rowOf({ id: 1, name: 'Ann' }, { at: day(2) }), rowOf({ id: 2, name: 'Bob' }, { at: day(2), seq: 1 })];
    expect(await landing.push(rows)).toEqual([ok('created'), ok('created')]);
    expect(await landing.push(rows)).toEqual([ok('created'), ok('created')]); // the same run, after a crash
    expect(await landing.push(rows, { run: 'run_2' })).toEqual([{ status: 'unchanged' }, { status: 'unchanged' }]);
    const before = await landing.store.rows.find().toArray();
    const undated = rows.map((row) => ({ ...row, at: day(9), undated: true }));
    expect(await landing.push(undated, { run: 'run_3' })).toEqual([{ status: 'unchanged' }, { status: 'unchanged' }]);
    expect(await landing.store.rows.find().toArray()).toEqual(before);
    const changed = rowOf({ id: 1, name: 'Anne' }, { at: day(3) });
    expect(await landing.push([changed, rowOf({ id: 2, name: 'Late' }, { at: day(1) })], { run: 'run_3' })).toEqual([
      ok('updated'),
      { status: 'superseded' },
    ]);
    expect(await recordsOf()).toEqual([
      { id: 2, name: 'Bob' },
      { id: 1, name: 'Anne' },
    ]);
  });

  it('gives rows back exactly, whatever their fields are called', async () => {
    const hostile = fc.constantFrom('$where', 'a.b', '__proto__', 'constructor', '', '\u0000', '$', 'toJSON', '\ud800');
    const anyRow = fc
      .dictionary(fc.oneof(hostile, fc.string({ unit: 'binary' })), fc.jsonValue({ stringUnit: 'binary' }), {
        noNullPrototype: true,
      })
      .map((row) => JSON.parse(JSON.stringify({ ...row, id: 1 })) as Row);
    await fc.assert(
      fc.asyncProperty(anyRow, async (row) => {
        await landing.clear();
        await landing.push([rowOf(row)]);
        const [back] = await recordsOf();
        expect(JSON.stringify(back)).toBe(JSON.stringify(row));
        expect(contentHash(back)).toBe(contentHash(row));
      }),
      { numRuns: 60 },
    );
  });

  it('ends alike for any order of the same rows, repeated or late', async () => {
    const anyRow = fc
      .record({
        id: fc.integer({ min: 1, max: 2 }),
        name: fc.constantFrom('x', 'y'),
        at: fc.integer({ min: 1, max: 2 }).map(day),
        seq: fc.integer({ min: 0, max: 2 }),
        op: fc.constantFrom('upsert' as const, 'upsert' as const, 'delete' as const),
      })
      .map(({ id, name, at, seq, op }): PushRow =>
        op === 'delete'
          ? rowOf({}, { op, record: { id }, key: String(id), at, seq })
          : rowOf({ id, name }, { at, seq }),
      );
    const state = async (): Promise<unknown[]> => {
      const rows = await landing.store.rows.find({}, { sort: { _id: 1 } }).toArray();
      return rows.map(({ key, a, s, h, json, d }) => ({ key, a, s, h, json, d }));
    };
    const orders = fc
      .array(anyRow, { maxLength: 6 })
      .chain((rows) =>
        fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length * 2 })),
      );
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 4 }), async ([rows, shuffled], batch) => {
        await landing.clear();
        await landing.push(rows);
        const expected = await state();
        await landing.clear();
        for (let at = 0; at < shuffled.length; at += batch) await landing.push(shuffled.slice(at, at + batch));
        expect(await state()).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('leads writers that race to one end, and loses no version', async () => {
    const writers = Array.from({ length: 6 }, (_, i) =>
      Array.from({ length: 20 }, (_, id) => rowOf({ id, by: i }, { at: day(1 + i), seq: id })),
    );
    const outcomes = await Promise.all(writers.map((rows) => landing.push(rows)));
    expect(new Set(outcomes.flat().map(({ status }) => status))).not.toContain('rejected');
    const last = await landing.push(writers.at(-1) ?? [], { run: 'run_2' });
    expect(last.every(({ status }) => status === 'unchanged' || status === 'ok')).toBe(true);
    expect((await recordsOf()).every(({ by }) => by === 5)).toBe(true);
    for (const { _id, n } of await landing.store.rows.find().toArray())
      expect(await landing.store.versions.countDocuments({ row: _id, n: { $lt: n } })).toBe(Math.min(n - 1, 3));
  });

  it('keeps the last versions of a row, with its deletion and return', async () => {
    for (let n = 1; n <= 6; n++) await landing.push([rowOf({ id: 1, n }, { at: day(n) })]);
    await landing.push([rowOf({}, { op: 'delete', record: { id: 1 }, key: '1', at: day(7) })]);
    expect(await landing.push([rowOf({ id: 1, n: 8 }, { at: day(8) })])).toEqual([ok('created')]);
    const { data } = await landing.module.get(LandedRows).query(name, { limit: 10 });
    const history = landing.module.get(RowHistory);
    const first = await history.of(name, data[0]?.id ?? '', { limit: 3 });
    expect(first.data.map(({ version, deleted, row }) => ({ version, deleted, row }))).toEqual([
      { version: 8, row: { id: 1, n: 8 } },
      { version: 7, deleted: true, row: null },
      { version: 6, row: { id: 1, n: 6 } },
    ]);
    const second = await history.of(name, data[0]?.id ?? '', { limit: 3, after: first.next ?? '' });
    expect(second).toMatchObject({ data: [{ version: 5, row: { n: 5 } }], next: null });
    expect(await landing.store.versions.countDocuments({ expiresAt: { $gt: new Date() } })).toBe(3);
  });

  it('reads what changed since, deletions included, and only that', async () => {
    await landing.push([rowOf({ id: 1 }), rowOf({ id: 2 })]);
    const first = await landing.read(name);
    expect(first.pages[0]).toMatchObject({ records: [{ id: 1 }, { id: 2 }], times: { records: [day(1), day(1)] } });
    await landing.store.rows.updateMany({}, { $set: { changed: stampOf('1000.1') } }); // long ago
    await landing.push([
      rowOf({}, { op: 'delete', record: { id: 2 }, key: '2', at: day(2) }),
      rowOf({ id: 3 }, { at: day(3) }),
    ]);
    const second = await landing.read(name, first.state);
    expect(second.pages).toMatchObject([
      { records: [{ id: 3 }], deletes: [[2]], times: { records: [day(3)], deletes: [day(2)] } },
    ]);
    expect((await landing.read(name, second.state)).state).toEqual(
      expect.objectContaining({ cursor: expect.any(String) }),
    );
  });

  it('tells a row again that a later run confirms at a newer time, and none that was read again only', async () => {
    const rows = [1, 2, 3].map((id) => rowOf({ id }, { at: day(2) }));
    await landing.push([...rows, { ...rowOf({ id: 4 }, { at: day(2) }), op: 'delete', record: { id: 4 } }]);
    const { t } = (await landing.store.rows.findOne({ key: '1' }))?.changed ?? { t: 0 };
    await landing.store.rows.updateMany({}, { $set: { changed: stampOf(`${t - 3_600}.1`) } });
    const state = { cursor: new Date((t - 1_800) * 1_000).toISOString() };
    const confirmed = rowOf({ id: 2 }, { at: day(5) });
    const gone: PushRow = { ...rowOf({ id: 4 }, { at: day(6) }), op: 'delete', record: { id: 4 } };
    await landing.push([rows[0] as PushRow, confirmed, { ...(rows[2] as PushRow), at: day(5), undated: true }, gone], {
      run: 'run_2',
    });
    const { pages } = await landing.read(name, state);
    expect(pages.flatMap(({ records, times }) => records.map(({ id }, i) => [id, times?.records?.[i]]))).toEqual([
      [2, day(5)],
    ]);
    expect(pages.flatMap(({ deletes = [], times }) => deletes.map((key, i) => [key, times?.deletes?.[i]]))).toEqual([
      [[4], day(6)],
    ]);
  });

  it('does not lose rows that become visible after the run that should have read them', async () => {
    await landing.push([rowOf({ id: 1 })]);
    const [late] = await landing.store.rows.find().toArray();
    await landing.store.rows.deleteMany({}); // stamped, but not yet to be seen
    const { pages, state } = await landing.read(name);
    expect(pages).toEqual([]);
    await landing.store.rows.insertOne(late as mongo.WithId<NonNullable<typeof late>>);
    expect((await landing.read(name, state)).pages).toMatchObject([{ records: [{ id: 1 }] }]);
  });

  it('goes on after any page, each row once', async () => {
    await landing.push(Array.from({ length: 2_500 }, (_, id) => rowOf({ id })));
    const { pages } = await landing.read(name);
    expect(pages.map(({ records }) => records.length)).toEqual([1_000, 1_000, 500]);
    const stream = await landing.streamOf(name);
    const slices = (await stream.plan?.({} as never)) as { id: string; spec: { through: string } }[];
    const rest: Row[] = [];
    const context = { slice: slices[0], resume: pages[0]?.resume, signal: new AbortController().signal };
    for await (const page of stream.read?.(context as never) ?? []) rest.push(...page.records);
    expect(rest).toEqual(pages.slice(1).flatMap(({ records }) => records));
    expect(new Set(pages.flatMap(({ records }) => records.map(({ id }) => id))).size).toBe(2_500);
  });

  it('tells all that was there when everything is read, though rows are confirmed at a newer time meanwhile', async () => {
    const rows = Array.from({ length: 2_500 }, (_, id) => rowOf({ id }));
    await landing.push(rows);
    const stream = await landing.streamOf(name);
    const [slice] = (await stream.plan?.({} as never)) as { id: string; spec: { through: string } }[];
    const signal = new AbortController().signal;
    const told: unknown[] = [];
    let resume: Json | undefined;
    for await (const page of stream.read?.({ slice, signal } as never) ?? []) {
      told.push(...page.records.map(({ id }) => id));
      resume = page.resume;
      await landing.push(
        rows.map((row) => ({ ...row, at: day(2) })),
        { run: 'run_2' },
      );
      break;
    }
    for await (const page of stream.read?.({ slice, signal, resume } as never) ?? [])
      told.push(...page.records.map(({ id }) => id));
    expect(new Set(told).size).toBe(2_500);
  });

  it('cuts pages by bytes, and refuses what is too large', async () => {
    const text = 'x'.repeat(1_500_000);
    await landing.push([1, 2, 3, 4, 5].map((id) => rowOf({ id, text })));
    expect((await landing.read(name)).pages.map(({ records }) => records.length)).toEqual([3, 2]);
    const outcomes = await landing.push([rowOf({ id: 6, text: 'x'.repeat(12_000_001) }), rowOf({ id: 7 })]);
    expect(outcomes).toEqual([
      { status: 'rejected', code: 'row_too_large', message: expect.stringContaining('12000000') },
      ok('created'),
    ]);
  });

  it('finds people by their addresses, for erasure', async () => {
    await landing.push([rowOf({ id: 1, note: 'Write to:\nAnn@X.com or bob@work.example.org.' }), rowOf({ id: 2 })]);
    const [row, other] = await landing.store.rows.find({}, { sort: { key: 1 } }).toArray();
    const signer = landing.module.get(Signer);
    const hashes = ['ann@x.com', 'bob@work.example.org'].map((one) => signer.hmac('identity', `email:${one}`));
    expect(row?.identities).toEqual(hashes);
    expect(other?.identities).toEqual([]);
  });
});
