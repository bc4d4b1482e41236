import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import fc from 'fast-check';
import { Definitions } from '../definitions/index.ts';
import { foldParts } from '../folding/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { Measurer } from '../upkeep/index.ts';

/** Everything happens on this scale: moments, times of rows and windows meet each other to the millisecond. However slow the machine, it lies ahead of the clock. */
const start = Date.now() + 3_600_000;
const at = (seconds: number, milliseconds = 0): Date => new Date(start + seconds * 1000 + milliseconds);

const [first, last] = [-7, 9];
const seconds = fc.integer({ min: -5, max: 4 });
const window = fc.constantFrom('1s', '2s', '5s');
const timed = fc.record({
  is: fc.constantFrom('atLeast', 'greaterThan', 'lessThan', 'atMost'),
  value: fc.record({ ago: window }),
});
const lately = timed.map((test) => ({ field: 'at', ...test }));
const measured = fc.oneof(
  fc.record({ from: fc.constantFrom('orders', 'events'), within: window }, { requiredKeys: ['from'] }),
  fc.record({ from: fc.constantFrom('orders', 'orderLines', 'events'), where: lately }),
  fc.record({
    from: fc.constant('orderLines'),
    where: lately.map((test) => ({ ...test, field: 'order.at' })),
    within: window,
  }),
);
const test = fc.oneof(
  timed.map((one) => ({ field: 'traits.seen', ...one })),
  timed.map((one) => ({ computed: { from: 'events', calculate: 'last', field: 'at' }, ...one })),
  timed.map((one) => ({ field: 'computed.recent', ...one })),
  fc.record({ computed: measured, is: fc.constant('atLeast'), value: fc.integer({ min: 1, max: 2 }) }),
);
const negated = test.map((one) => ({ not: one }));
const condition: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  test,
  negated,
  fc.record({ all: fc.tuple(test, negated) }),
  fc.record({ any: fc.tuple(test, test) }),
);

interface History {
  /** When it is written. */
  turn: number;
  who: number;
  seen: number | null;
  orders: (number | null)[];
  events: number[];
}

const history: fc.Arbitrary<History> = fc.record({
  turn: fc.oneof(fc.constant(first), fc.integer({ min: first, max: last })),
  who: fc.nat(2),
  seen: fc.option(seconds),
  orders: fc.array(fc.option(seconds), { maxLength: 3 }),
  events: fc.array(seconds, { maxLength: 3 }),
});

let people: TestPeople;
beforeAll(async () => {
  people = await testPeople();
});
afterAll(() => people.close());

/** Whenever it is looked: who belongs, and what was measured, is what it would be if it were all made at that moment. */
it('keeps audiences that time changes', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(condition, { minLength: 1, maxLength: 4 }),
      fc.array(history, { minLength: 2, maxLength: 6 }),
      async (conditions, histories) => {
        run++;
        await people.computedTraits.put('recent', { from: 'events', calculate: 'last', field: 'at', within: '5s' });
        for (const [index, one] of conditions.entries()) await people.audiences.put(`a${index}`, { condition: one });
        for (let second = first; second <= last; second++) {
          for (const [index, one] of histories.entries()) if (one.turn === second) await write(one, `${run}-${index}`);
          for (const around of [-1, 0, 1]) await expectAsMadeAt(at(second, around));
        }
        await people.store.profiles.deleteMany({});
        await people.store.identities.deleteMany({});
      },
    ),
    { numRuns: 6 },
  );
});

async function write({ who, seen, orders, events }: History, key: string): Promise<void> {
  const identities = { user: `${key.split('-')[0]}-${who}` };
  const time = (moment: number | null) => (moment === null ? {} : { at: at(moment).toISOString() });
  const traits = seen === null ? {} : { seen: at(seen).toISOString() };
  const rowsOf = (moments: (number | null)[]) =>
    moments.map((moment, index) => ({ id: `${key}-${index}`, identities, ...time(moment) }));
  const lines = [{ id: '1' }];
  const rows: [string, Row[]][] = [
    ['profile', [{ key, identities, traits }]],
    ['order', rowsOf(orders).map((order) => ({ ...order, lines }))],
    ['event', rowsOf(events).map((event) => ({ ...event, name: 'visit' }))],
  ];
  for (const [object, records] of rows) {
    const outcomes = await people.push(object, records, `run_${key}`);
    expect(outcomes).not.toContainEqual(expect.objectContaining({ status: 'rejected' }));
  }
}

async function expectAsMadeAt(now: Date): Promise<void> {
  await people.chores.settle(now);
  const derivation = await people.get(Definitions).latest();
  const profiles = await people.store.profiles.find({}).toArray();
  const { measured } = await people.get(Measurer).measure(profiles, derivation, now);
  for (const profile of profiles) {
    const { _id, v, ids, parts, createdAt } = profile;
    const person = { v, ids, traits: foldParts(parts).traits, createdAt };
    const fresh = derivation.onMeasured(person, measured.get(_id) ?? { values: {} }, now);
    expect({ aud: profile.aud, measures: profile.measures }).toEqual({ aud: fresh.aud, measures: fresh.measures });
  }
}
