import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { StoreScan } from './index.ts';

describe('a look at all events', () => {
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
    const visit = (user: string) => ({ id: user, name: 'Visit', identities: { user } });
    await test.push('event', [visit('ann'), visit('ben')]);
    const { id } = await test.profiles.lookup('user:ben');
    await test.store.profiles.deleteOne({ _id: id });
  });
  afterAll(async () => {
    await test.connection.db?.command({ profile: 0 });
    await test.close();
  });

  it('tells whether their people are there, and reads none of their profiles for that', async () => {
    await test.connection.db?.command({ profile: 2 });
    const { items } = await test.get(StoreScan).events(undefined, 500);
    expect(items.map(({ profileKnown }) => profileKnown).sort()).toEqual([false, true]);
    const reads = await test.connection
      .collection<{ docsExamined?: number }>('system.profile')
      .find({ ns: /\.profiles$/ })
      .toArray();
    expect(reads.map(({ docsExamined }) => docsExamined)).toEqual([0]);
  });
});
