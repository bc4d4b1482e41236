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

  const gone = { op: 'delete', key: 'a' };

  it.each([
    ['made and deleted', [visit, gone], false],
    ['deleted and made', [gone, visit], true],
    ['made, deleted and made again', [visit, gone, visit], true],
    ['deleted, made and deleted again', [gone, visit, gone], false],
  ])('that are %s within a page are as the last row says, whether they were there or not', async (_, page, remains) => {
    for (const run of ['run_1', 'run_2', 'run_3']) {
      await test.push('event', page, run);
      expect(await test.connection.collection('events').countDocuments()).toBe(remains ? 1 : 0);
      if (run === 'run_1') await test.push('event', [visit], run);
    }
  });

  it('that were made anew are as they were made last, also where a page is repeated', async () => {
    await test.push('event', [visit]);
    const page = [gone, { ...visit, name: 'purchase' }];
    for (let times = 0; times < 2; times++)
      expect(await test.push('event', page, 'run_2')).toEqual([ok({ deleted: 1 }), ok({ created: 1 })]);
    expect(await test.connection.collection('events').find().toArray()).toMatchObject([{ name: 'purchase' }]);
  });
});
