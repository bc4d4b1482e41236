import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureIndexes } from '#platform';
import { eventModel, eventSchema } from '../events/index.ts';
import { orderModel, orderSchema } from '../orders/index.ts';
import type { Collection } from '../store/index.ts';
import { testStore, type TestStore } from '../testing/test-store.ts';

/** What a million entries of one person must not need: reading or sorting more than a page. */
describe('lists of a person', () => {
  let test: TestStore;

  beforeAll(async () => {
    test = await testStore();
    test.connection.model(eventModel, eventSchema as never);
    test.connection.model(orderModel, orderSchema as never);
    await ensureIndexes(test.connection);
    const at = (n: number): Date => new Date(Date.UTC(2024, 0, 1) + Math.floor(n / 3));
    const many = Array.from({ length: 3_000 }, (_, n) => ({
      _id: `${n}`,
      p: `p_${n % 2}`,
      into: `p_${n % 2}`,
      at: at(n),
    }));
    const names = ['events', 'orders', 'part_history'] as const;
    await Promise.all(names.map((name) => collection(name).insertMany(many.map((one) => ({ ...one, t: {} })))));
    await collection('merges').insertMany(many);
  });
  afterAll(() => test.close());

  const collection = (name: string): Collection<{ _id: string }> =>
    test.connection.collection(name) as unknown as Collection<{ _id: string }>;

  it.each([
    ['events', { p: { $in: ['p_0', 'p_1'] } }],
    ['orders', { p: { $in: ['p_0', 'p_1'] } }],
    ['part_history', { p: { $in: ['p_0', 'p_1'] }, t: { $exists: true } }],
    ['merges', { $or: [{ into: { $in: ['p_0', 'p_1'] } }, { absorbed: { $in: ['p_0', 'p_1'] } }] }],
  ])('of %s cost a page, wherever it begins', async (name, filter) => {
    const from = new Date(Date.UTC(2024, 0, 1) + 500);
    const place = { at: { $lte: from }, $or: [{ at: { $lt: from } }, { at: from, _id: { $lt: '1501' } }] };
    const placed =
      '$or' in filter ? { $or: filter.$or.map((branch) => ({ ...branch, ...place })) } : { ...filter, ...place };
    for (const query of [filter, placed]) {
      const explained = (await collection(name)
        .find(query as object, { sort: { at: -1, _id: -1 }, limit: 50 })
        .explain('executionStats')) as { executionStats: { totalDocsExamined: number; totalKeysExamined: number } };
      expect(explained.executionStats.totalDocsExamined).toBeLessThan(60);
      expect(explained.executionStats.totalKeysExamined).toBeLessThan(120);
    }
  });
});
