import { describe, expect, it } from '@jest/globals';
import type { Json } from '@millrace/sdk';
import fc from 'fast-check';
import { readMeasure, type Measure, type MeasuredRow } from './index.ts';

const day = 86_400_000;
const now = Date.parse('2026-03-01T00:00:00Z');

const order = (id: string, daysAgo: number, fields: Record<string, Json>): MeasuredRow => {
  const at = now - daysAgo * day;
  return { id, at, row: { id, at: new Date(at).toISOString(), properties: {}, lines: [], ...fields } };
};
const rows = [
  order('a', 40, { total: 10, status: 'paid', lines: [{ category: 'tea' }, { category: 'cup' }] }),
  order('b', 20, { total: 2.1, status: 'paid', lines: [{ category: 'tea' }] }),
  order('c', 5, { total: 3.2, status: 'open', lines: [{ category: 'cup' }] }),
  order('d', 1, { total: null, status: 'paid' }),
];

const value = (measure: Measure, given: readonly MeasuredRow[] = rows): Json => {
  const tally = readMeasure(measure).tally(now);
  given.forEach((row) => tally.add(row));
  return tally.value();
};

describe('a measure', () => {
  it.each<[Omit<Measure, 'from'>, Json, Json]>([
    [{ calculate: 'count' }, 4, 0],
    [{ calculate: 'count', within: '30d' }, 3, 0],
    [{ calculate: 'count', where: { field: 'status', is: 'equals', value: 'paid' } }, 3, 0],
    [{ calculate: 'sum', field: 'total' }, 15.3, 0],
    [{ calculate: 'average', field: 'total' }, 5.1, null],
    [{ calculate: 'min', field: 'total' }, 2.1, null],
    [{ calculate: 'max', field: 'total', within: '30d' }, 3.2, null],
    [{ calculate: 'first', field: 'id' }, 'a', null],
    [{ calculate: 'last', field: 'total' }, 3.2, null],
    [{ calculate: 'mostFrequent', field: 'lines[*].category' }, 'cup', null],
    [{ calculate: 'mostFrequent', field: 'status' }, 'paid', null],
  ])('%j is %j', (measure, expected, empty) => {
    expect(value({ from: 'orders', ...measure })).toEqual(expected);
    expect(readMeasure({ from: 'orders', ...measure }).empty).toEqual(empty);
    expect(value({ from: 'orders', ...measure }, [])).toEqual(empty);
  });

  it('takes a text that is plainly a number for it, as conditions over the same rows do', () => {
    const given = ['12.50', 2, ' 1e1 ', '12,50', '€ 5', '', true, null, '12345678901234567890'].map((price, i) =>
      order(`o${i}`, i, { properties: { price } }),
    );
    const field = 'properties.price';
    for (const [calculate, expected] of [
      ['sum', 24.5],
      ['average', 8.166667],
      ['min', 2],
      ['max', 12.5],
    ] as const)
      expect(value({ from: 'orders', calculate, field }, given)).toBe(expected);
    const where = { field, is: 'atLeast', value: 2 } as const;
    expect(value({ from: 'orders', calculate: 'count', where }, given)).toBe(3);
    expect(value({ from: 'orders', calculate: 'sum', field, where }, given)).toBe(24.5);
  });

  it('is no negative zero, in whatever order amounts cancel each other out', () => {
    const given = [-3.92, 3.8, 0.12].map((total, i) => order(`o${i}`, 0, { total }));
    for (const some of [given, given.toReversed()])
      expect(value({ from: 'orders', calculate: 'sum', field: 'total' }, some)).toBe(0);
  });

  it('is the same in any order of its rows', () => {
    const row = fc.record({
      days: fc.nat(60),
      total: fc.integer({ min: -500, max: 500 }),
      times: fc.constantFrom(1, 1e9, 1e13),
      written: fc.boolean(),
      status: fc.constantFrom('a', 'b'),
    });
    const measures: Omit<Measure, 'from'>[] = [
      { calculate: 'sum', field: 'total', within: '30d' },
      { calculate: 'average', field: 'total' },
      { calculate: 'first', field: 'total' },
      { calculate: 'last', field: 'status' },
      { calculate: 'mostFrequent', field: 'status' },
    ];
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (given, random) => {
        const some = given.map(({ days, total, times, written, status }, i) => {
          const amount = (total * times) / 100;
          return order(`o${i}`, days, { total: written ? String(amount) : amount, status });
        });
        const shuffled = [...some]
          .map((one) => ({ one, by: random.next().value as number }))
          .sort((x, y) => x.by - y.by);
        for (const measure of measures)
          expect(
            value(
              { from: 'orders', ...measure },
              shuffled.map(({ one }) => one),
            ),
          ).toEqual(value({ from: 'orders', ...measure }, some));
      }),
      { numRuns: 50 },
    );
  });

  it('tells when time alone changes it', () => {
    const tally = readMeasure({ from: 'orders', within: '30d' }).tally(now);
    rows.forEach((row) => tally.add(row));
    expect(tally.changesAt()).toBe(now + 10 * day + 1);
    tally.add(order('next', -3, {}));
    expect(tally.changesAt()).toBe(now + 3 * day);
    const ever = readMeasure({ from: 'orders' }).tally(now);
    rows.forEach((row) => ever.add(row));
    expect(ever.changesAt()).toBe(Infinity);
  });

  it('has a sentence, and a key of what it says', () => {
    const paid = { field: 'status', is: 'equals', value: 'paid' } as const;
    const sum = readMeasure({ from: 'orders', calculate: 'sum', field: 'total', where: paid, within: '90d' });
    expect(sum.words).toBe('the sum of total of orders where (status is "paid") in the last 90 days');
    expect(readMeasure({ within: '90d', where: paid, field: 'total', calculate: 'sum', from: 'orders' }).key).toBe(
      sum.key,
    );
    expect(readMeasure({ from: 'orders', calculate: 'sum', field: 'total' }).key).not.toBe(sum.key);
  });

  it.each<[unknown, RegExp]>([
    [null, /a measure is/],
    [{ from: 'orders', having: 1 }, /a measure has no "having"/],
    [{ from: 'orders', calculate: 'median', field: 'total' }, /at calculate: it must be one of count/],
    [{ from: 'orders', calculate: 'count', field: 'total' }, /at field: count takes no field/],
    [{ from: 'orders', calculate: 'sum', field: 'amount' }, /orders have no field "amount"/],
    [{ from: 'orders', calculate: 'sum', field: '__proto__' }, /no field "__proto__"/],
    [{ from: 'orderLines', calculate: 'sum', field: 'a.constructor' }, /not allowed/],
    [
      { from: 'orders', calculate: 'max', field: 'at' },
      /max is of numbers, and "at" is a time\. .*"last" of at the latest/,
    ],
    [{ from: 'orderLines', calculate: 'min', field: 'order.at' }, /"order\.at" is a time/],
    [{ from: 'orders', calculate: 'sum', field: 'status' }, /sum is of numbers, and "status" is a text/],
    [{ from: 'orders', within: '9999w' }, /at within: it must be a time of at most ten years/],
    [
      { from: 'events', where: { field: 'name', is: 'matches', value: '.*' } },
      /at where.is: there is no operator "matches"/,
    ],
  ])('refuses %j', (given, message) => expect(() => readMeasure(given)).toThrow(message));
});
