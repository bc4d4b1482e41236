import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ok, unchanged } from '@millrace/sdk';
import { testPeople, type TestPeople } from '../testing/test-people.ts';

describe('events', () => {
  const visit = { id: 'a', name: 'visit', identities: { user: 1 } };
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
  });
  beforeEach(async () => {
    for (const name of ['events', 'profiles', 'identities']) await test.connection.collection(name).deleteMany({});
  });
  afterAll(() => test.close());

  it('are counted once, however often a page has them', async () => {
    expect(await test.push('event', [visit, { ...visit, id: 'b' }, visit])).toEqual([
      ...[ok({ created: 1 }), ok({ created: 1 }), unchanged()],
    ]);
    expect(await test.push('event', [visit], 'run_2')).toEqual([unchanged()]);
    expect(await test.connection.collection('events').countDocuments()).toBe(2);
  });

  it('count for the run that wrote them, though its process did not hear of it', async () => {
    await test.push('event', [visit]);
    expect(await test.push('event', [visit, { ...visit, id: 'b' }])).toEqual([
      ...[ok({ created: 1 }), ok({ created: 1 })],
    ]);
    expect(await test.connection.collection('events').countDocuments()).toBe(2);
  });
});
