import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { Restrictions } from './index.ts';

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
});
afterAll(() => test.close());

it('holds until all who asked for it have it lifted, in any order, however often', async () => {
  const restrictions = test.get(Restrictions);
  const among = async () => [...(await restrictions.among(['email:ann@x.com', 'user:1']))].sort();
  const restrict = (request: string, ...identities: string[]) => restrictions.restrict(request, identities, new Date());
  for (const [first, second] of [
    ['prq_1', 'prq_2'],
    ['prq_2', 'prq_1'],
  ] as const) {
    await Promise.all([restrict('prq_1', 'email:ann@x.com', 'user:1'), restrict('prq_2', 'email:ann@x.com')]);
    await restrict('prq_1', 'email:ann@x.com', 'user:1');
    expect(await among()).toEqual(['email:ann@x.com', 'user:1']);
    await restrictions.lift(first, new Date());
    await restrictions.lift(first, new Date());
    expect(await among()).toEqual(first === 'prq_1' ? ['email:ann@x.com'] : ['email:ann@x.com', 'user:1']);
    await restrictions.lift(second, new Date());
    expect(await among()).toEqual([]);
  }
});

it('knows what was restricted when one request was kept', async () => {
  const stored = test.connection.collection<{ _id: string; request: string; since: Date }>('restrictions');
  await stored.insertMany(['email:bob@x.com', 'user:2'].map((_id) => ({ _id, request: 'prq_3', since: new Date() })));
  const restrictions = test.get(Restrictions);
  await restrictions.restrict('prq_4', ['email:bob@x.com'], new Date());
  expect(await restrictions.lift('prq_3', new Date())).toBe(2);
  expect([...(await restrictions.among(['email:bob@x.com', 'user:2']))]).toEqual(['email:bob@x.com']);
});
