import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldParts, joinParts } from '../folding/index.ts';
import { Death, mortal } from '../testing/mortal-store.ts';
import { goneRow, rowOf } from '../testing/rows.ts';
import { testStore, type TestStore } from '../testing/test-store.ts';
import { SeparateChore } from '../upkeep/index.ts';
import type { PartRow, ProfileWriter } from '../writer/index.ts';
import { componentsOf, Separator } from './index.ts';

// Small ranges on purpose: records share identities, give them up, and take them again.
const identities = fc
  .record({
    email: fc.uniqueArray(fc.constantFrom('a@x.com', 'b@x.com', 'c@x.com'), { maxLength: 2 }),
    user: fc.uniqueArray(fc.constantFrom(1, 2, 3), { maxLength: 2 }),
  })
  .filter(({ email, user }) => email.length + user.length > 0);
const row = fc
  .record({
    key: fc.constantFrom('1', '2', '3', '4', '5'),
    day: fc.integer({ min: 1, max: 4 }),
    seq: fc.integer({ min: 0, max: 1 }),
    identities,
    traits: fc.dictionary(fc.constantFrom('city', 'plan'), fc.constantFrom('x', 'y')),
    gone: fc.constantFrom(false, false, false, false, true),
  })
  .map(({ key, day, seq, identities: ids, traits, gone }) =>
    gone ? goneRow(key, day, { seq }) : rowOf(ids, traits, { key, day, seq }),
  );
const rows = fc.array(row, { minLength: 2, maxLength: 14 });
/** All rows, half of them twice, in any order, in pages; between some of them the chore has its turn. */
const arrival = (all: PartRow[]) =>
  fc
    .tuple(fc.subarray(all), fc.integer({ min: 1, max: 6 }), fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }))
    .chain(([again, size, turns]) =>
      fc
        .shuffledSubarray([...all, ...again], { minLength: all.length + again.length })
        .map((order) => ({ order, size, turns })),
    );
type Arrival = ReturnType<typeof arrival> extends fc.Arbitrary<infer T> ? T : never;

interface Person {
  records: string[];
  ids: string[];
  traits: object;
}

describe('the law of identity', () => {
  let test: TestStore;

  beforeAll(async () => {
    test = await testStore();
  });
  afterAll(() => test.close());

  /** Until all are in: a row may lose every race. */
  async function write(writer: ProfileWriter, page: PartRow[]): Promise<void> {
    const results = await writer.write(page);
    const open = page.filter((_, index) => results[index]?.outcome.status === 'retry');
    if (open.length > 0) await write(writer, open);
  }

  async function take(writer: ProfileWriter, { order, size, turns }: Arrival): Promise<void> {
    for (let start = 0; start < order.length; start += size) {
      await write(writer, order.slice(start, start + size));
      if (turns[start]) await test.separate();
    }
  }

  async function found(): Promise<Person[]> {
    const alive = await test.store.profiles.find({ 'ids.0': { $exists: true } }).toArray();
    const owners = (await test.store.identities.find().toArray()).map(({ _id, p }) => [_id, p]);
    const claimed = alive.flatMap(({ _id, ids }) => ids.map((id) => [id, _id]));
    expect(new Map(owners as [string, string][])).toEqual(new Map(claimed as [string, string][]));
    return sorted(alive.map(({ parts, ids }) => personOf(parts, ids)));
  }

  /** Ids that anybody ever had lead to somebody, or to one of whom nothing is left. */
  async function expectNobodyLost(): Promise<void> {
    const all = new Map((await test.store.profiles.find().toArray()).map((profile) => [profile._id, profile]));
    for (const { _id, mergedInto, absorbed = [] } of all.values()) {
      if (mergedInto !== undefined) expect(all.has(mergedInto)).toBe(true);
      for (const id of absorbed) {
        let at = all.get(id);
        for (let step = 0; at?.mergedInto !== undefined && step < 20; step++) at = all.get(at.mergedInto);
        expect(at?._id).toBe(_id);
      }
    }
  }

  it('makes the same people of the same rows in any order, with repeats, late ones, losses and deletions', async () => {
    const cases = rows.chain((all) => fc.tuple(fc.constant(all), arrival(all), arrival(all)));
    await fc.assert(
      fc.asyncProperty(cases, async ([all, ...arrivals]) => {
        for (const one of arrivals) {
          await test.clear();
          const writer = test.writer();
          await take(writer, one);
          await test.separate();
          expect(await found()).toEqual(expectedOf(all));
          await expectNobodyLost();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('holds for several writers at once that may die, while people are told apart', async () => {
    const cases = rows.chain((all) => fc.tuple(fc.constant(all), arrival(all), arrival(all)));
    await fc.assert(
      fc.asyncProperty(cases, async ([all, ...arrivals]) => {
        await test.clear();
        const writing = arrivals.map(async (one): Promise<void> => {
          for (;;) {
            try {
              return await take(test.writer(mortal(test.store, () => Math.random() < 0.02)), one);
            } catch (error) {
              if (!(error instanceof Death)) throw error;
            }
          }
        });
        let writes = true;
        const separating = (async (): Promise<void> => {
          while (writes) await choreOf(test).step();
        })();
        await Promise.all(writing).finally(() => (writes = false));
        await separating;
        await test.separate();
        const people = await test.store.profiles.find({ 'ids.0': { $exists: true } }).toArray();
        const owners = await test.store.ownersOf(people.flatMap(({ ids }) => ids)); // others may lead here, too: claims of the dead
        for (const { _id, ids } of people) for (const id of ids) expect(owners.get(id)).toBe(_id);
        expect(sorted(people.map(({ parts, ids }) => personOf(parts, ids)))).toEqual(expectedOf(all));
        await expectNobodyLost();
      }),
      { numRuns: 40 },
    );
  });
});

function choreOf({ store, history, settings }: TestStore): SeparateChore {
  return new SeparateChore(store, new Separator(store, history, settings));
}

/** What must come of rows: of each record the newest version, and whoever shares an identity is one person. */
function expectedOf(all: readonly PartRow[]): Person[] {
  const newest = joinParts(all.map(({ part }) => part));
  return sorted(componentsOf(newest).map((parts) => personOf(parts, foldParts(parts).ids)));
}

function personOf(parts: readonly PartRow['part'][], ids: string[]): Person {
  const live = parts.filter(({ d }) => !d);
  return { records: live.map(({ k }) => k), ids, traits: foldParts(live).traits };
}

function sorted(people: Person[]): Person[] {
  return people.sort((x, y) => ((x.ids[0] ?? '') < (y.ids[0] ?? '') ? -1 : 1));
}
