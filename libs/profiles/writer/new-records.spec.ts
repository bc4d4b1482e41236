import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldParts, joinParts } from '../folding/index.ts';
import { componentsOf } from '../merging/index.ts';
import type { ProfileStore } from '../store/index.ts';
import { goneRow, rowOf } from '../testing/rows.ts';
import { testStore, type TestStore } from '../testing/test-store.ts';
import type { PartRow, ProfileWriter } from './index.ts';

describe('a new record that two writers bring at once, each to somebody else', () => {
  let test: TestStore;

  beforeAll(async () => {
    test = await testStore();
  });
  beforeEach(() => test.clear());
  afterAll(() => test.close());

  const former = rowOf({ email: 'old@x.com' }, { city: 'Oslo' }, { key: '1', day: 1 });
  const newer = rowOf({ email: 'new@x.com' }, { city: 'Bergen' }, { key: '1', day: 2 });
  const others = (count: number, from = 100): PartRow[] =>
    Array.from({ length: count }, (_, i) => rowOf({ user: from + i }, {}, { key: `other ${from + i}`, day: 1 }));

  /** A store whose users go on when so many have looked whom the records belong to. */
  function meetingStore(count: number): ProfileStore {
    let looked = 0;
    let meet: () => void = () => undefined;
    const met = new Promise<void>((resolve) => (meet = resolve));
    const store: ProfileStore = Object.assign(Object.create(test.store) as ProfileStore, {
      async outlinesByPart(keys: string[]) {
        const outlines = await test.store.outlinesByPart(keys);
        if (++looked === count) meet();
        await met;
        return outlines;
      },
    });
    return store;
  }

  async function people(): Promise<unknown[]> {
    await test.separate();
    const alive = await test.store.profiles.find({ 'ids.0': { $exists: true } }).toArray();
    const owners = await test.store.ownersOf(alive.flatMap(({ ids }) => ids));
    for (const { _id, ids } of alive) for (const id of ids) expect(owners.get(id)).toBe(_id);
    return alive
      .map(({ parts, ids }) => ({ records: keysOf(parts), ids, traits: foldParts(parts).traits }))
      .sort((x, y) => ((x.ids[0] ?? '') < (y.ids[0] ?? '') ? -1 : 1));
  }

  const bergen = { records: ['1'], ids: ['email:new@x.com'], traits: { city: 'Bergen' } };

  it('is one person, in two processes', async () => {
    const store = meetingStore(2);
    const [older, latest] = await Promise.all([former, newer].map((row) => test.writer(store).write([row])));
    expect([older?.[0]?.outcome.status, latest?.[0]?.outcome.status].sort()).not.toContain('rejected');
    expect(await people()).toEqual([bergen]);
  });

  it('is one person, in one process', async () => {
    const writer = test.writer(meetingStore(2));
    await Promise.all([former, newer].map((row) => writer.write([row, ...others(2, row === former ? 100 : 200)])));
    expect(await people()).toHaveLength(5);
    expect((await people())[0]).toEqual(bergen);
  });

  it('is one person, where one of them is known already', async () => {
    await test.writer().write([rowOf({ email: 'old@x.com' }, {}, { key: '2', day: 1 })]);
    const store = meetingStore(2);
    await Promise.all([former, newer].map((row) => test.writer(store).write([row])));
    expect(await people()).toEqual([bergen, { records: ['2'], ids: ['email:old@x.com'], traits: {} }]);
  });

  it('is nobody, where one of them tells that it was deleted', async () => {
    const store = meetingStore(2);
    await Promise.all([former, goneRow('1', 2)].map((row) => test.writer(store).write([row])));
    expect(await people()).toEqual([]);
    expect(await test.store.outlinesByPart([former.part.k])).toHaveLength(1);
  });

  it('is looked for only where others have brought new records meanwhile', async () => {
    let looks = 0;
    const store: ProfileStore = Object.assign(Object.create(test.store) as ProfileStore, {
      outlinesByPart: (keys: string[]) => (looks++, test.store.outlinesByPart(keys)),
    });
    const writer = test.writer(store);
    await writer.write(others(3, 100));
    await Promise.all([writer.write(others(3, 200)), writer.write(others(3, 300))]);
    await writer.write(others(3, 300));
    expect(looks).toBe(4); // one a page
    await test.writer().write(others(3, 400));
    await writer.write(others(3, 500));
    await writer.write(others(3, 600));
    expect(looks).toBe(7); // once more for the page that came after another process's
  });

  const row = fc
    .record({
      key: fc.constantFrom('1', '2', '3'),
      day: fc.integer({ min: 1, max: 4 }),
      user: fc.constantFrom(1, 2, 3, 4),
      gone: fc.constantFrom(false, false, false, true),
      writer: fc.constantFrom(0, 1, 2),
    })
    .map(({ key, day, user, gone, writer }) => ({
      writer,
      row: gone ? goneRow(key, day) : rowOf({ user }, {}, { key, day }),
    }));

  it('is told once, by any number of writers in two processes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 12 }), async (rows) => {
        await test.clear();
        const [one, two] = [test.writer(), test.writer()];
        const writers: ProfileWriter[] = [one, one, two];
        await Promise.all(
          writers.map(async (writer, index) => {
            const own = rows.flatMap(({ writer: by, row: told }) => (by === index ? [told] : []));
            for (let start = 0; start < own.length; start += 2) await writeAll(writer, own.slice(start, start + 2));
          }),
        );
        const newest = joinParts(rows.map(({ row: { part } }) => part));
        const expected = componentsOf(newest).map((parts) => ({
          records: keysOf(parts),
          ids: foldParts(parts).ids,
          traits: {},
        }));
        expect(await people()).toEqual(expected.sort((x, y) => ((x.ids[0] ?? '') < (y.ids[0] ?? '') ? -1 : 1)));
      }),
      { numRuns: 60 },
    );
  });
});

/** Until all are in: a row may lose every race. */
async function writeAll(writer: ProfileWriter, page: PartRow[]): Promise<void> {
  const results = await writer.write(page);
  const open = page.filter((_, index) => results[index]?.outcome.status === 'retry');
  if (open.length > 0) await writeAll(writer, open);
}

function keysOf(parts: readonly PartRow['part'][]): string[] {
  return parts.filter(({ d }) => !d).map(({ k }) => k.slice(k.lastIndexOf('/') + 1));
}
