import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ProfileHistory } from '../history/index.ts';
import { ProfileFinder, Profiles } from '../people/index.ts';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';
import { Chores } from '../upkeep/index.ts';
import { Unmerger } from '../merging/index.ts';
import { PeopleEraser, PeopleFinder } from './index.ts';

describe('somebody who is erased and had been one with somebody else', () => {
  let test: TestProfiles;

  beforeAll(async () => {
    test = await testProfiles();
  });
  beforeEach(() => test.clear());
  afterAll(() => test.close());

  const tell = (key: string, identities: object, traits: object, day = 1) =>
    test.push('profile', [{ identities, traits }], { key, at: `2024-05-0${day}T00:00:00.000Z` });
  const eraseBob = async (): Promise<void> => {
    const subject = await test.module.get(PeopleFinder).find('bob@x.com');
    for (let time = 0; time < 2; time++) await test.module.get(PeopleEraser).erase(subject, new Date());
  };
  const found = async (): Promise<string[]> => {
    const hits = new Set<string>();
    for (const { collection } of Object.values(test.connection.models))
      if (/bob/i.test(JSON.stringify(await collection.find().toArray()))) hits.add(collection.collectionName);
    return [...hits];
  };
  const ann = async () => {
    const { id, traits, identities } = await test.module.get(Profiles).lookup('user:1');
    return { id, traits, identities: identities.map(({ key }) => key) };
  };

  it('is nowhere in what is kept of the other, split by an operator', async () => {
    await tell('1', { user: 1, email: 'ann@x.com' }, { city: 'Oslo' });
    await tell('2', { user: 2, email: 'bob@x.com' }, { name: 'Bob' });
    await tell('3', { email: ['ann@x.com', 'bob@x.com'] }, { card: true });
    await tell('2', { user: 2, email: 'bob@x.com' }, { name: 'Bobby' }, 2);
    await test.push('order', [{ id: 'o1', identities: { email: ['ann@x.com', 'bob@x.com'] }, total: 9 }]);
    const one = await test.module.get(ProfileFinder).find('user:1');
    const merge = await test.connection.collection<{ _id: string }>('merges').findOne({});
    await test.module.get(Unmerger).unmerge(one, { merge: merge?._id }, 'key_1');
    const before = await ann();
    await eraseBob();
    expect(await found()).toEqual([]);
    expect(await ann()).toEqual(before);
    const order = await test.connection.collection('orders').findOne({});
    expect(order).toMatchObject({ p: before.id, heads: [{ i: ['email:ann@x.com'], f: { total: 9 } }] });
    expect(before).toMatchObject({ traits: { city: 'Oslo' }, identities: ['email:ann@x.com', 'user:1'] });
  });

  it('is nowhere in what is kept of the other, told apart since a record was corrected', async () => {
    await tell('1', { user: 1, email: 'bob@x.com' }, { city: 'Oslo' });
    await tell('2', { user: 2, email: 'bob@x.com' }, { name: 'Bob' });
    await tell('1', { user: 1, email: 'ann@x.com' }, { city: 'Oslo' }, 2);
    await test.module.get(Chores).settle();
    const before = await ann();
    await eraseBob();
    expect(await found()).toEqual([]);
    expect(await ann()).toEqual(before);
  });
  it.each([
    ['has a profile of his own by then', true],
    ['has none', false],
  ])('is nowhere in what is kept of somebody whose record had the address before, when he %s', async (_, isKnown) => {
    await tell('1', { user: 1, email: 'bob@x.com' }, { city: 'Oslo' });
    await tell('1', { user: 1, email: 'bob@x.com' }, { city: 'Bergen' }, 2);
    await tell('1', { user: 1, email: 'ann@x.com' }, { city: 'Bergen' }, 3);
    if (isKnown) await tell('2', { user: 2, email: 'bob@x.com' }, { name: 'Bob' }, 4);
    const before = await ann();
    expect(await found()).toContain('part_history');
    await eraseBob();
    expect(await found()).toEqual([]);
    expect(await ann()).toEqual(before);
    const past = await test.module
      .get(ProfileHistory)
      .changes.find({}, { sort: { v: 1 } })
      .toArray();
    expect(past.map(({ t, i }) => ({ t, i }))).toEqual([
      { t: { city: 'Bergen' } },
      { t: {}, i: ['email:ann@x.com', 'user:1'] },
    ]);
  });
});
