import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json, Row } from '@millrace/sdk';
import { Audiences } from '../audiences/index.ts';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';
import { TraitSettings } from '../traits/index.ts';
import { Chores } from '../upkeep/index.ts';
import { PeopleExporter, PeopleFinder } from './index.ts';

describe('what a person gets of what is kept about them', () => {
  let test: TestProfiles;

  beforeAll(async () => {
    test = await testProfiles();
    await test.clear();
  });
  afterAll(() => test.close());

  const tell = async (key: string, identities: Row, traits: Row, day: number): Promise<void> => {
    await test.push('profile', [{ identities, traits }], { key, at: `2024-05-0${day}T00:00:00.000Z` });
  };

  it('is said in words that stand for themselves, not as it is stored', async () => {
    await test.module.get(TraitSettings).put('ssn', { sensitive: true });
    await test.module.get(Audiences).put('oslo', { condition: { field: 'traits.city', is: 'equals', value: 'Oslo' } });
    await tell('a', { user: 1 }, { city: 'Rome', ssn: '17' }, 1);
    await tell('a', { user: 1 }, { city: 'Oslo', ssn: '18' }, 2);
    await tell('b', { user: 2 }, {}, 1);
    await tell('c', { user: [1, 2] }, {}, 1);
    const later = new Date(Date.now() + 60_000);
    for (const now of [new Date(), later]) await test.module.get(Chores).settle(now);

    const sections: Record<string, Json[]> = {};
    const subject = await test.module.get(PeopleFinder).find('user:1');
    for await (const { section, items } of test.module.get(PeopleExporter).export(subject)) sections[section] = items;

    expect(sections.history).toContainEqual({
      at: expect.any(String),
      ...{ connection: 'con_shop', stream: 'profile', key: 'a', run: expect.any(String) },
      traits: { city: { before: 'Rome', after: 'Oslo' }, ssn: { before: '17', after: '18' } },
      before: expect.objectContaining({ at: '2024-05-01T00:00:00.000Z', traits: { city: 'Rome', ssn: '17' } }),
    });
    expect(sections.merges).toMatchObject([
      { into: subject.profiles[0], identities: ['user:1', 'user:2'], undone: null },
    ]);
    expect(sections['audience changes']).toMatchObject([{ entered: ['oslo'], left: [] }]);
    const names = new Set<string>();
    JSON.stringify(sections, (name, value: unknown) => (names.add(name), value));
    expect([...names].filter((name) => /^([a-z]|_.*)$/.test(name))).toEqual([]);
  });

  it('is read a page at a time, however much there is', async () => {
    const many = Array.from({ length: 1_200 }, (_, id) => ({ id, name: 'Visit', identities: { user: 'busy' } }));
    await test.push('event', many);
    const subject = await test.module.get(PeopleFinder).find('user:busy');
    await test.connection.db?.command({ profile: 2 });
    const pages: number[] = [];
    for await (const { section, items } of test.module.get(PeopleExporter).export(subject))
      if (section === 'events') pages.push(items.length);
    await test.connection.db?.command({ profile: 0 });
    expect(pages).toEqual([500, 500, 200]);
    const reads = await test.connection
      .collection<{ nreturned?: number }>('system.profile')
      .find({ ns: /\.events$/ })
      .toArray();
    expect(Math.max(...reads.map(({ nreturned = 0 }) => nreturned))).toBe(500);
  });
});
