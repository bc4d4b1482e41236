import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testPeople, type TestPeople } from '../testing/test-people.ts';

describe('people of an audience', () => {
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
    const countries = ['NO', 'NO', 'PT'];
    await test.push(
      'profile',
      countries.map((country, id) => ({ id, identities: { user: id }, traits: { country } })),
    );
    await test.audiences.put('norway', { condition: { field: 'traits.country', is: 'equals', value: 'NO' } });
    await test.chores.settle();
  });
  afterAll(async () => {
    await test.connection.db?.command({ profile: 0 });
    await test.close();
  });

  it('are counted along the index, without a look at them', async () => {
    await test.connection.db?.command({ profile: 2 });
    expect(await test.profiles.count('norway')).toBe(2);
    expect(await test.profiles.count()).toBe(3);
    const read = await test.connection
      .collection<{ docsExamined?: number }>('system.profile')
      .findOne({ 'command.aggregate': 'profiles' });
    expect(read?.docsExamined).toBe(0);
  });
});
