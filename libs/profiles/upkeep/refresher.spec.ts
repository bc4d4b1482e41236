import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ComputedTraits } from '../computed/index.ts';
import { Definitions } from '../definitions/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { Refresher } from './index.ts';

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
  await test.get(ComputedTraits).put('visits', { from: 'events', calculate: 'count' });
});
afterAll(() => test.close());

it('tells whom somebody else changed meanwhile, also where that was one write', async () => {
  await test.push('profile', [
    { id: '1', identities: { user: 1 }, traits: { plan: 'free' } },
    { id: '2', identities: { user: 2 }, traits: { plan: 'free' } },
  ]);
  await test.push('event', [
    { id: 'a', name: 'visit', identities: { user: 1 } },
    { id: 'b', name: 'visit', identities: { user: 2 } },
  ]);
  const people = await test.store.profiles.find({}, { sort: { _id: 1 } }).toArray();
  const [first, second] = people;
  await test.store.profiles.updateOne({ _id: first?._id }, { $inc: { v: 1 } });
  const refresh = async () => test.get(Refresher).refresh(people, await test.get(Definitions).latest(), new Date());
  expect(await refresh()).toEqual({ lost: [first?._id], tooMany: [] });
  expect(await test.store.profiles.findOne({ _id: second?._id })).toMatchObject({
    v: (second?.v ?? NaN) + 1,
    measures: expect.anything(),
  });
  expect(await test.store.profiles.findOne({ _id: first?._id })).not.toHaveProperty('measures');
});
