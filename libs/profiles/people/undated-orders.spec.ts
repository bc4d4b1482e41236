import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ActivityStore } from '../activity/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { Activity } from './activity.ts';
import { PeopleReader } from './people-reader.ts';

describe('orders whose source tells no time', () => {
  let test: TestPeople;
  let id: string;
  const identities = { email: 'ann@x.com' };

  beforeAll(async () => {
    test = await testPeople();
    const day = (n: number) => `2026-02-0${n}T00:00:00.000Z`;
    await test.push('order', [
      { id: 'b', identities, total: 2 },
      { id: 'd1', identities, total: 4, at: day(1) },
      { id: 'a', identities, total: 1 },
      { id: 'd3', identities, total: 6, at: day(3) },
      { id: 'c', identities, total: 3 },
    ]);
    await test.push('event', [{ id: 'e2', name: 'Viewed', identities, at: day(2) }]);
    ({ id } = await test.profiles.lookup('ann@x.com'));
  });
  afterAll(() => test.close());

  const shown = async (limit: number, kinds?: ('order' | 'event' | 'merge')[]): Promise<string[]> => {
    const names: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await test.profiles.timeline(id, { limit, after, ...(kinds && { kinds }) });
      expect(page.data.length).toBeLessThanOrEqual(limit);
      for (const entry of page.data)
        names.push(`${entry.kind === 'order' ? entry.order.id : entry.kind}${entry.at === undefined ? '' : '*'}`);
      if (page.next === null) return names;
      after = page.next;
    }
  };

  it.each([1, 2, 3, 4, 5, 6, 7])('are last on the timeline, in pages of %i', async (limit) => {
    expect(await shown(limit, ['order', 'event', 'merge'])).toEqual(['d3*', 'event*', 'd1*', 'c', 'b', 'a']);
    expect(await shown(limit, ['order'])).toEqual(['d3*', 'd1*', 'c', 'b', 'a']);
  });

  it('are there at a moment since they are known', async () => {
    const reader = test.get(PeopleReader);
    const at = async (until: Date): Promise<number> => (await reader.orders([id], { limit: 10, until })).length;
    expect(await at(new Date(Date.now() + 60_000))).toBe(5);
    expect(await at(new Date('2026-02-02'))).toBe(1);
  });

  it('are made when they become known', async () => {
    const activity = test.get(Activity);
    const now = Date.now();
    const ordered = (from: number, to: number): Promise<boolean> =>
      activity.ordered(id, { since: new Date(now + from), until: new Date(now + to) });
    expect(await ordered(-3_600_000, 60_000)).toBe(true);
    expect(await ordered(60_000, 120_000)).toBe(false);
    expect(await ordered(-7_200_000, -3_600_000)).toBe(false);
  });

  it('cost a page, wherever it begins', async () => {
    const { orders } = test.get(ActivityStore);
    const now = new Date();
    const more = Array.from({ length: 3_000 }, (_, n) => ({
      ...{ _id: `x:${String(n).padStart(5, '0')}`, v: 1, heads: [], lines: [], createdAt: now, updatedAt: now },
      ...(n % 3 === 0 ? { p: 'p_y', at: now } : { p: n % 3 === 1 ? 'p_x' : 'p_y' }),
    }));
    await orders.insertMany(more);
    const theirs = { p: { $in: ['p_x', 'p_y'] }, at: null as unknown as undefined };
    for (const filter of [theirs, { ...theirs, _id: { $lt: 'x:01500' } }]) {
      const explained = (await orders.find(filter, { sort: { _id: -1 }, limit: 50 }).explain('executionStats')) as {
        executionStats: { totalDocsExamined: number; totalKeysExamined: number };
      };
      expect(explained.executionStats.totalDocsExamined).toBeLessThan(100);
      expect(explained.executionStats.totalKeysExamined).toBeLessThan(200);
    }
  });
});
