import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { OldActivity } from './index.ts';

const before = new Date('2026-02-01T00:00:00.000Z');

describe('events and orders that are too old to be kept', () => {
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
    await test.computedTraits.put('visits', { from: 'events', calculate: 'count' });
    await test.computedTraits.put('spent', { from: 'orders', calculate: 'sum', field: 'total' });
    await test.audiences.put('buyers', { condition: { field: 'computed.spent', is: 'greaterThan', value: 0 } });
    const identities = { email: 'ann@x.com' };
    const times = ['2026-01-05T00:00:00.000Z', '2026-03-05T00:00:00.000Z'];
    await test.push(
      'event',
      times.map((at, id) => ({ id, name: 'Visit', identities, at })),
    );
    await test.push('order', [{ id: 'o1', identities, at: times[0], total: 12 }]);
    await test.chores.settle();
  });
  afterAll(() => test.close());

  const ids = async (collection: string): Promise<string[]> =>
    (await test.connection.collection<{ _id: string }>(collection).find().toArray()).map(({ _id }) => _id);
  const ann = async () => {
    const { id, computed } = await test.profiles.lookup('ann@x.com');
    const profile = await test.store.profiles.findOne({ _id: id });
    return { computed, audiences: profile?.aud ?? [] };
  };

  it('are gone from what is computed of them, too, and from audiences', async () => {
    expect(await ann()).toEqual({ computed: { visits: 2, spent: 12 }, audiences: ['buyers'] });
    const old = test.get(OldActivity);
    expect(await old.remove('event', await ids('events'), before)).toBe(1);
    expect(await old.remove('order', await ids('orders'), before)).toBe(1);
    await test.chores.settle();
    expect(await ann()).toMatchObject({ computed: { visits: 1 }, audiences: [] });
  });
});
