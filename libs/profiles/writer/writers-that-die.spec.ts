import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { partPrefix, readPart, type PartSource } from '../folding/index.ts';
import { defaultIdentityRules } from '../identity/index.ts';
import type { ProfileStore } from '../store/index.ts';
import { testStore, type TestStore } from '../testing/test-store.ts';
import { Death, mortal } from '../testing/mortal-store.ts';
import { claimPeople, type Claim, type PartResult, type PartRow, type ProfileWriter } from './index.ts';

const rounds = 25;
const couples = [0, 1, 2, 3];
const people = couples.flatMap((couple) => [2 * couple, 2 * couple + 1]);
const address = (id: number): string => `p${id >> 1}@x.com`;

type Work = (writer: ProfileWriter) => Promise<(PartResult | undefined)[]>;

describe('writers that die while others work on the same people', () => {
  let test: TestStore;
  let store: ProfileStore;

  beforeAll(async () => {
    test = await testStore();
    store = test.store;
  });
  beforeEach(() => test.clear());
  afterAll(() => test.close());

  it('are followed by others that finish their work, whenever it was', async () => {
    for (let round = 0; round < rounds; round++) {
      await test.clear();
      await Promise.all([
        untilDone((writer) => writer.write(people.map((id) => row('people', id, { email: address(id) })))),
        ...people.map((id) => untilDone((writer) => writer.write([row('cards', id, { loyalty: id })]))),
        untilDone((writer) =>
          claimPeople(
            writer,
            source('orders'),
            people.map((id) => claim(`customer_id:${id}`)),
          ),
        ),
        untilDone((writer) =>
          claimPeople(
            writer,
            source('visits'),
            people.map((id) => claim(`email:${address(id)}`)),
          ),
        ),
      ]);
      const alive = await store.profiles.find({ mergedInto: { $exists: false } }).toArray();
      expect(alive.map(({ ids }) => ids.join(' ')).sort()).toEqual(couples.map(everythingOf));
      const owners = (await store.identities.find().toArray()).map(({ _id, p }) => [_id, p]);
      expect(new Map(owners as [string, string][])).toEqual(
        new Map(alive.flatMap(({ _id, ids }) => ids.map((id): [string, string] => [id, _id]))),
      );
    }
  }, 900_000);

  it('leave an identity with a profile that is merged away by then: it is led to the survivor', async () => {
    const writer = test.writer();
    await writer.write([row('cards', 1, { loyalty: 1 }), row('cards', 2, { loyalty: 2 })]);
    await writer.write(couples.map((id) => row('people', id, { email: 'same@x.com' })));
    const [signpost] = await store.profiles.find({ mergedInto: { $exists: true } }).toArray();
    await store.identities.insertOne({ _id: 'email:late@x.com', p: signpost?._id ?? '' });
    const [result] = await writer.write([row('people', 9, { email: 'late@x.com' })]);
    expect(result).toEqual({ outcome: { status: 'ok', effects: { updated: 1 } }, profile: signpost?.mergedInto });
  });

  /** As the engine does it: what died, or lost every race, is done again by somebody else. */
  async function untilDone(work: Work): Promise<void> {
    for (;;) {
      try {
        const results = await work(test.writer(mortal(store, () => Math.random() < 0.03)));
        if (results.every((result) => result?.outcome.status !== 'retry')) return;
      } catch (error) {
        if (!(error instanceof Death)) throw error;
      }
    }
  }
});

function claim(id: string): Claim {
  return { ids: [id], who: [id] };
}

function source(stream: string): PartSource {
  const prefix = partPrefix({ connection: 'con_1', stream });
  return { connection: 'con_1', prefix, run: 'run_1', rules: defaultIdentityRules };
}

function row(stream: string, id: number, more: object): PartRow {
  const record = { identities: { customer_id: id, ...more }, traits: { city: 'Rome' } };
  const at = '2026-01-01T00:00:00.000Z';
  return { part: readPart({ op: 'upsert', key: String(id), at, seq: id, record }, source(stream)) };
}

function everythingOf(couple: number): string {
  const [first, second] = [2 * couple, 2 * couple + 1];
  return `customer_id:${first} customer_id:${second} email:p${couple}@x.com loyalty:${first} loyalty:${second}`;
}
