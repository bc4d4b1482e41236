import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Measure } from '../measures/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { MeasureWarnings } from './index.ts';

describe('what a look at the rows finds of a measure', () => {
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
    const event = (id: number, name: string, price?: unknown) => ({
      ...{ id, name, identities: { email: 'ann@x.com' }, at: '2026-02-01' },
      properties: { price },
    });
    await test.push('event', [
      ...[event(1, 'Bought', '12.50'), event(2, 'Bought', 3), event(3, 'Bought', '12,50'), event(4, 'Viewed', 'none')],
      event(5, 'Bought'),
    ]);
    await test.push('order', [
      { id: 1, identities: { email: 'ann@x.com' }, at: '2026-02-01', lines: [{ margin: 'x' }] },
    ]);
  });
  afterAll(() => test.close());

  const bought = { field: 'name', is: 'equals', value: 'Bought' } as const;
  const price = { from: 'events', field: 'properties.price', where: bought } as const;
  const of = (measure: Measure): Promise<string[]> => test.get(MeasureWarnings).of([measure], new Date());

  it('tells of values that are no numbers, among the rows that are meant', async () => {
    expect(await of({ ...price, calculate: 'sum' })).toEqual([
      expect.stringMatching(
        /^Of 3 values of "properties\.price" in the 4 events that were looked at, 1 are no numbers/,
      ),
    ]);
    expect(await of({ from: 'orderLines', calculate: 'average', field: 'margin' })).toEqual([
      expect.stringMatching(/^Of 1 values of "margin" in the 1 order lines/),
    ]);
    expect(await of({ ...price, calculate: 'last' })).toEqual([]);
  });

  it('tells of a field that no such row has', async () => {
    expect(await of({ ...price, calculate: 'sum', field: 'properties.pirce' })).toEqual([
      'Of the 4 events that were looked at, none has "properties.pirce": there is nothing to calculate.',
    ]);
    expect(await of({ ...price, calculate: 'sum', within: '1d', field: 'properties.pirce' })).toEqual([]); // no rows
    expect(await of({ from: 'events', calculate: 'count' })).toEqual([]);
  });
});
