import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dottedNames } from '../store/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
  await test.push('profile', [{ identities: { user: 1 }, traits: { name: 'İbrahim Işık' } }]);
});
afterAll(() => test.close());

const found = async (q: string): Promise<number> => (await test.profiles.list({ q, limit: 10 })).data.length;

it('finds a name with a Turkish capital by i and as it is written', async () => {
  for (const q of ['ibrahim', 'İBRAHİM', 'i\u0307b', 'Ibrahim Iş']) expect([q, await found(q)]).toEqual([q, 1]);
});

it('finds one that was stored before, once it is migrated', async () => {
  await test.store.profiles.updateOne({}, { $set: { name: 'i\u0307brahim işık' } });
  expect(await found('ibrahim')).toBe(0);
  expect(await dottedNames.step(test.connection, undefined)).toEqual({ changed: 1 });
  expect(await dottedNames.step(test.connection, undefined)).toEqual({ changed: 0 });
  expect(await found('ibrahim')).toBe(1);
});
