import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Definitions } from '../definitions/index.ts';
import { DueProfiles } from '../due/index.ts';
import type { StoredEvent } from '../events/index.ts';
import type { StoredProfile } from '../store/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { WalkChore } from '../upkeep/index.ts';

const later = (seconds: number): Date => new Date(Date.now() + seconds * 1_000);

describe('computed traits', () => {
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
    const { computedTraits } = test;
    const open = { field: 'status', is: 'notEquals', value: 'cancelled' } as const;
    await computedTraits.put('lifetime-value', { from: 'orders', calculate: 'sum', field: 'total', where: open });
    await computedTraits.put('last-purchase', { from: 'orders', calculate: 'last', field: 'at' });
    await computedTraits.put('favourite', {
      trait: 'favouriteCategory',
      from: 'orderLines',
      calculate: 'mostFrequent',
      field: 'category',
    });
    await computedTraits.put('visits', { from: 'events', calculate: 'count' });
  });
  afterAll(() => test.close());

  const order = (id: number, total: number, more: object = {}) => ({
    id,
    identities: { email: 'ann@x.com' },
    at: `2026-02-0${id}T00:00:00.000Z`,
    total,
    lines: [{ category: 'tea' }, { category: id === 1 ? 'tea' : 'cup' }],
    ...more,
  });
  const computed = async (email: string) => (await test.profiles.lookup(email)).computed;

  it('follow orders and events, repeats and late ones included', async () => {
    await test.push('order', [order(1, 10), order(2, 5.5), order(3, 99, { status: 'cancelled' })]);
    await test.push('event', [{ id: 1, name: 'Viewed', identities: { email: 'ann@x.com' }, at: '2026-02-01' }]);
    await test.chores.settle();
    const expected = {
      lifetimeValue: 15.5,
      lastPurchase: '2026-02-03T00:00:00.000Z',
      favouriteCategory: 'tea',
      visits: 1,
    };
    expect(await computed('ann@x.com')).toEqual(expected);
    const { version } = await test.profiles.lookup('ann@x.com');
    await test.push('order', [order(1, 10), order(2, 5.5)], 'run_2');
    await test.push(
      'event',
      [{ id: 1, name: 'Viewed', identities: { email: 'ann@x.com' }, at: '2026-02-01' }],
      'run_2',
    );
    await test.chores.settle();
    expect(await test.profiles.lookup('ann@x.com')).toMatchObject({ computed: expected, version });
    const [page] = await test.read('profile');
    expect(page?.records).toMatchObject([{ computed: expected }]);
  });

  it('move with an order that turns out to be somebody else’s', async () => {
    await test.push('order', [order(2, 5.5, { identities: { email: 'bob@x.com' } })], 'run_3');
    await test.chores.settle();
    expect(await computed('ann@x.com')).toMatchObject({ lifetimeValue: 10 });
    expect(await computed('bob@x.com')).toMatchObject({ lifetimeValue: 5.5, visits: 0 });
  });

  it('lose nothing when a writer dies between the announcement and the end of its write', async () => {
    const { id } = await test.profiles.lookup('ann@x.com');
    const events = test.connection.collection<StoredEvent>('events');
    const event = { _id: 'late', p: id, name: 'Viewed', at: new Date(), properties: {}, k: 'k', b: 'b' };
    const due = test.get(DueProfiles);
    const write = due.during(
      ['events'],
      () => [id],
      async () => {
        await due.mark([id], new Date());
        await test.chores.settle(); // measured while the write is under way
        await events.insertOne(event);
        throw new Error('the process dies');
      },
    );
    await expect(write).rejects.toThrow('dies');
    await test.chores.settle();
    expect(await computed('ann@x.com')).toMatchObject({ visits: 1 });
    await test.chores.settle(later(61));
    expect(await computed('ann@x.com')).toMatchObject({ visits: 2 });
  });

  it('are rebuilt when their definition changes, and refuse what would break an audience', async () => {
    await test.audiences.put('rich', { condition: { field: 'computed.lifetimeValue', is: 'atLeast', value: 50 } });
    await test.computedTraits.put('lifetime-value', { from: 'orders', calculate: 'sum', field: 'total' });
    await test.chores.settle();
    expect(await computed('ann@x.com')).toMatchObject({ lifetimeValue: 109 });
    expect((await test.profiles.lookup('ann@x.com')).audiences).toEqual(['rich']);
    await expect(test.computedTraits.remove('lifetime-value')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('rich'),
    });
    await expect(
      test.computedTraits.put('other', { trait: 'visits', from: 'orders', calculate: 'count' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    for (const [slug, trait] of [['constructor'], ['ok', 'prototype']])
      await expect(
        test.computedTraits.put(slug ?? '', { trait, from: 'orders', calculate: 'count' }),
      ).rejects.toMatchObject({ code: 'invalid_trait' });
    await expect(
      test.computedTraits.put('bad', { from: 'orders', calculate: 'sum', field: 'amount' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('The computed trait is not valid at field') });
  });

  it('of somebody with very many events are computed apart, and stall nobody', async () => {
    const { id } = await test.profiles.lookup('ann@x.com');
    const events = test.connection.collection<StoredEvent>('events');
    const many = Array.from({ length: 20_001 }, (_, n): StoredEvent => {
      return { _id: `m${n}`, p: id, name: 'Viewed', at: new Date(), properties: {}, k: 'k', b: 'b' };
    });
    await events.insertMany(many, { writeConcern: { w: 1 } });
    const both = ['ann@x.com', 'bob@x.com'].map((email, n) => ({ id: `z${n}`, name: 'Viewed', identities: { email } }));
    await test.push('event', both);
    const [, due, slow] = test.chores.all;
    await due?.step(new Date());
    expect(await computed('bob@x.com')).toMatchObject({ visits: 1 });
    expect(await computed('ann@x.com')).toMatchObject({ visits: 2 });
    await slow?.step(new Date());
    expect(await computed('ann@x.com')).toMatchObject({ visits: 20_004 });
    await test.push('event', [{ id: 'again', name: 'Viewed', identities: { email: 'ann@x.com' } }]);
    expect(await slow?.isDue(new Date())).toBe(false); // they rest
    expect(await slow?.isDue(later(3_600))).toBe(true);
    await test.chores.settle(later(3_600));
    expect(await computed('ann@x.com')).toMatchObject({ visits: 20_005 });
  });

  const personOf = (n: number): StoredProfile => {
    const now = new Date();
    const _id = `p_${String(n).padStart(26, '0')}`;
    return { _id, v: 1, parts: [], ids: [`user:${n}`], createdAt: now, updatedAt: now };
  };

  it('are built on where a process died, and told how far they are', async () => {
    await test.store.profiles.insertMany(Array.from({ length: 1_500 }, (_, n) => personOf(n)));
    await test.audiences.put('newcomers', { condition: { field: 'identities.user', is: 'exists' } });
    const walk = test.get(WalkChore);
    await walk.step(new Date());
    expect((await test.get(Definitions).head())?.walk).toMatchObject({ done: 1_000, total: expect.any(Number) });
    expect(await test.membership.count('newcomers')).toBe(1_000);
    await test.chores.settle();
    expect(await test.membership.count('newcomers')).toBe(1_500);
    expect(await test.membership.changes.countDocuments({ audiences: 'newcomers' })).toBe(1_500);
    expect((await test.membership.sample('newcomers', 5)).length).toBe(5);
  });

  it('are not walked after a load that makes people by them meanwhile', async () => {
    await test.store.profiles.insertMany(Array.from({ length: 1_001 }, (_, n) => personOf(10_000 + n)));
    await test.audiences.put('users', { condition: { field: 'identities.user', is: 'exists' } });
    const walk = test.get(WalkChore);
    const isWalking = async () => (await test.get(Definitions).head())?.walk !== undefined;
    await walk.step(new Date());
    const newest = { ...personOf(20_000), _id: 'p_Z' };
    await test.store.profiles.insertOne(newest); // as a writer would not leave one: to see that nobody comes to it
    while (await isWalking()) await walk.step(new Date());
    const users = await test.membership.count('users');
    expect(users).toBeGreaterThanOrEqual(1_001);
    expect(await test.store.profiles.findOne({ _id: newest._id })).not.toHaveProperty('aud');
    const settled = new Date(Date.now() + 66_000); // what a process wrote that had not heard of them is found by the second walk
    do await walk.step(settled);
    while (await isWalking());
    expect(await test.membership.count('users')).toBe(users + 1);
  });
});
