import { expect, it } from '@jest/globals';
import type { StoredAudience } from './audience.schema.ts';
import { compileDefinitions } from './compile-definitions.ts';

const now = new Date('2026-11-30T12:00:00Z');
const walk = { revision: 5, after: 'p_2', until: 'p_9' };

/** What enters an audience of a revision tells, where a walk of revision 5 has come by. */
function entries(revision: number, person: { _id: string; absorbed?: string[] }): unknown {
  const condition = JSON.stringify({ field: 'traits.city', is: 'equals', value: 'Oslo' });
  const audiences = [{ _id: 'in-oslo', condition, revision } as StoredAudience];
  const derivation = compileDefinitions(5, [], audiences, { built: 4, changedAt: now, walk });
  const { _id, absorbed } = person;
  const known = { v: 2, ids: ['user:1' as const], createdAt: new Date(0), before: { _id }, absorbed };
  const { untold } = derivation.onWrite({ ...known, traits: { city: 'Oslo' } }, now, { identitiesChanged: false });
  return untold?.map(({ defined }) => defined ?? 'felt');
}

it('tells as their own doing what somebody enters whom the walk has come by, and with them all who became one with them', () => {
  expect(entries(5, { _id: 'p_2' })).toEqual(['felt']);
  expect(entries(5, { _id: 'p_3' })).toEqual([true]);
  expect(entries(5, { _id: 'p_1', absorbed: ['p_10', 'p_2'] })).toEqual(['felt']);
  expect(entries(5, { _id: 'p_1', absorbed: ['p_7'] })).toEqual([true]);
});

it('waits for no newcomer who became one with them: no walk comes by them', () => {
  expect(entries(5, { _id: 'p_1', absorbed: ['p_91'] })).toEqual(['felt']);
});

it('leaves a definition that is newer than the walk to the next one', () => {
  expect(entries(6, { _id: 'p_2' })).toEqual([true]);
});
