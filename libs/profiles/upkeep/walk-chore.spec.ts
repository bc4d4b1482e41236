import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ComputedTraits } from '../computed/index.ts';
import { Definitions } from '../definitions/index.ts';
import type { StoredProfile } from '../store/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { DueChore } from './due-chore.ts';
import { TimeChore } from './time-chore.ts';
import { WalkChore } from './walk-chore.ts';

const people = 4_500;

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
});
beforeEach(async () => {
  for (const { collection } of Object.values(test.connection.models)) await collection.deleteMany({});
  await test.store.profiles.insertMany(Array.from({ length: people }, (_, n) => profileOf(n)));
});
afterAll(() => test.close());

function profileOf(n: number): StoredProfile {
  const id = `p_01M8${String(n).padStart(22, '0')}`;
  const part = { k: `con_crm/people/${n}`, a: 0, s: n, b: 'run_1', h: `${n}`, n: 20, t: { country: 'NO' } };
  const [createdAt, updatedAt] = [new Date(0), new Date(0)];
  return { _id: id, v: 1, parts: [{ ...part, i: [`user:${n}`] }], ids: [`user:${n}`], createdAt, updatedAt };
}

const define = async (...slugs: string[]): Promise<void> => {
  for (const slug of slugs) await test.get(ComputedTraits).put(slug, { from: 'orders', calculate: 'count' });
  await test.audiences.put(`in-norway-${slugs.join('-')}`, {
    condition: { field: 'traits.country', is: 'equals', value: 'NO' },
  });
};
const head = () => test.get(Definitions).head();

/** Steps that a walk takes until all definitions are brought to everybody. */
async function finish(now: Date): Promise<number> {
  const [walk, until] = [test.get(WalkChore), (await head())?.revision];
  for (let steps = 1; ; steps++) {
    await walk.step(now);
    if ((await head())?.built === until) return steps;
  }
}

it('begins anew with the definitions that came when it had hardly begun', async () => {
  const now = new Date();
  await define('first');
  await test.get(WalkChore).step(now);
  await define('second', 'third');
  expect(await finish(now)).toBe(5);
  expect(await test.store.profiles.countDocuments({ aud: ['in-norway-first', 'in-norway-second-third'] })).toBe(people);
});

it('goes on to its end first where it is further, so that it ends however often definitions change', async () => {
  const now = new Date();
  await define('first');
  const { revision } = (await head()) ?? {};
  for (let step = 0; step < 2; step++) await test.get(WalkChore).step(now);
  await define('second');
  for (let step = 0; step < 3; step++) await test.get(WalkChore).step(now);
  expect(await head()).toMatchObject({ built: revision });
  expect(await finish(now)).toBe(5);
  expect(await test.store.profiles.countDocuments({ aud: ['in-norway-first', 'in-norway-second'] })).toBe(people);
});

/** What is still to be told of somebody. */
async function changesOf(n: number) {
  const found = await test.store.profiles.findOne({ ids: `user:${n}` });
  return found?.untold?.map(({ audiences, defined }) => [...audiences, defined ?? false]) ?? [];
}

const known = (...seen: number[]) =>
  test.store.identities.insertMany(seen.map((n) => ({ _id: `user:${n}` as const, p: profileOf(n)._id })));

it('is not over for whoever became one with somebody whom it has not come by', async () => {
  const [first, second, last] = [0, 1, people - 1];
  await known(first, second, last);
  await test.store.profiles.updateOne({ _id: profileOf(last)._id }, { $set: { 'parts.0.t.city': 'Oslo' } });
  await test.push('order', [{ id: 'o1', identities: { user: `${last}` }, total: 5 }]);
  await test.get(DueChore).step(new Date());
  await test.audiences.put('in-oslo', { condition: { field: 'traits.city', is: 'equals', value: 'Oslo' } });
  const orders = { from: 'orders', calculate: 'count' } as const;
  await test.audiences.put('buyers', { condition: { computed: orders, is: 'atLeast', value: 1 } });
  await test.get(WalkChore).step(new Date());
  await test.get(Definitions).latest();
  await test.push('profile', [{ key: 'both', identities: { user: [`${first}`, `${last}`] }, traits: {} }]);
  await test.push('profile', [{ key: 'own', identities: { user: `${second}` }, traits: { city: 'Oslo' } }]);
  await test.get(TimeChore).step(new Date());
  const own = [['in-oslo', false]];
  expect([await changesOf(first), await changesOf(second)]).toEqual([
    [
      ['in-oslo', true],
      ['buyers', true],
    ],
    own,
  ]);
});

it('is over for those whom it has come by: what they do from then on is their own doing, while others enter silently', async () => {
  const now = new Date();
  const seen = ['0', '1', `${people - 1}`, `${people - 2}`];
  const identities = seen.map((n) => ({ _id: `user:${n}` as const, p: profileOf(Number(n))._id }));
  await test.store.identities.insertMany(identities);
  const changes = async () => {
    const found = await test.store.profiles.find({ ids: { $in: seen.map((n) => `user:${n}` as const) } }).toArray();
    return found.map(({ untold = [] }) => untold.map(({ audiences, defined }) => [...audiences, defined ?? false]));
  };
  await test.audiences.put('in-oslo', { condition: { field: 'traits.city', is: 'equals', value: 'Oslo' } });
  const orders = { from: 'orders', calculate: 'count' } as const;
  await test.audiences.put('buyers', { condition: { computed: orders, is: 'atLeast', value: 1 } });
  await test.get(WalkChore).step(now);
  await test.get(Definitions).latest();
  for (const [first, second] of [seen.slice(0, 2), seen.slice(2)]) {
    await test.push('profile', [{ key: `${first}`, identities: { user: first ?? '' }, traits: { city: 'Oslo' } }]);
    await test.push('order', [{ id: `o${second}`, identities: { user: second ?? '' }, total: 5 }]);
  }
  await test.get(DueChore).step(new Date());
  expect(await changes()).toEqual([[['in-oslo', false]], [['buyers', false]], [['buyers', true]], [['in-oslo', true]]]);
});
