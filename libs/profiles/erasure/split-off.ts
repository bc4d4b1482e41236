import { givenUp, type ProfileHistory } from '../history/index.ts';
import type { ProfileStore } from '../store/index.ts';
import type { PersonSubject } from './person-subject.ts';

/**
 * The subject's profiles, with those that were told apart from them after the subject was found (upkeep/separate-chore.ts): these have identities
 * of the subject's, which nobody else can have.
 */
export async function withSplitOff(
  store: ProfileStore,
  history: ProfileHistory,
  { profiles, identities }: Pick<PersonSubject, 'profiles' | 'identities'>,
): Promise<string[]> {
  if (profiles.length === 0) return [];
  const splits = await history.merges.find({ into: { $in: profiles }, undoneBy: givenUp }).toArray();
  const others = splits.map(({ absorbed }) => absorbed).filter((id) => !profiles.includes(id));
  const found = await store.byIds([...new Set(others)]);
  const theirs = [...found.values()].filter(
    ({ ids, parts, mergedInto }) =>
      ids.some((id) => identities.includes(id)) || (parts.length === 0 && mergedInto === undefined), // erased already
  );
  return [...profiles, ...theirs.map(({ _id }) => _id)];
}
