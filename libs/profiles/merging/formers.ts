import type { ProfileHistory, StoredMerge } from '../history/index.ts';
import type { ProfileStore, StoredProfile } from '../store/index.ts';
import { mergesOf } from './merges-of.ts';

/** What is known of the profiles that were merged into one. */
export interface Former {
  signpost: StoredProfile;
  /** The merge by which it ended; none where only an identity had named it. */
  merge?: StoredMerge;
}

/** A profile as it becomes, in place of what was there. */
export interface Change {
  before: StoredProfile | undefined;
  after: StoredProfile;
}

/** By their ids. */
export async function formersOf(
  store: ProfileStore,
  history: ProfileHistory,
  { absorbed = [] }: StoredProfile,
): Promise<Map<string, Former>> {
  if (absorbed.length === 0) return new Map();
  const [signposts, merges] = await Promise.all([
    store.byIds(absorbed),
    history.merges
      .find({ absorbed: { $in: absorbed }, undoneAt: { $exists: false } }, { sort: { at: 1, _id: 1 } })
      .toArray(),
  ]);
  const last = new Map(merges.map((merge) => [merge.absorbed, merge]));
  return new Map(
    [...signposts].flatMap(([id, signpost]): [string, Former][] =>
      signpost.mergedInto === undefined ? [] : [[id, { signpost, merge: last.get(id) }]],
    ),
  );
}

/** What the profile had before others were merged into it. */
export function ownOf({ _id }: StoredProfile, merges: readonly StoredMerge[]) {
  const first = merges.find(({ into }) => into === _id);
  return first && { parts: first.kept, ids: [] };
}

/** Whether both sides of a merge are the same person still. */
export function holds({ _id, absorbed = [] }: StoredProfile, merge: StoredMerge): boolean {
  return absorbed.includes(merge.absorbed) && (merge.into === _id || absorbed.includes(merge.into));
}

/** Those that led to somebody else. */
export function signpostsTo(person: StoredProfile, formers: ReadonlyMap<string, Former>): Change[] {
  const { _id: mergedInto, absorbed = [] } = person;
  return formersIn(person, formers).flatMap(({ signpost: before }) => {
    const leadsHere = before.mergedInto === mergedInto || absorbed.includes(before.mergedInto ?? '');
    return leadsHere ? [] : [{ before, after: { ...before, v: before.v + 1, mergedInto } }];
  });
}

/** Merges in place of those by which they had ended in somebody else. */
export function mergesInto(person: StoredProfile, formers: ReadonlyMap<string, Former>, now: Date): StoredMerge[] {
  return formersIn(person, formers).flatMap(({ signpost, merge }) => {
    if (!merge || holds(person, merge)) return [];
    const absorbed = [{ ...signpost, ids: merge.ids, absorbed: merge.formerly }];
    const owners = new Map([
      ...person.ids.map((id) => [id, person._id] as const),
      ...merge.ids.map((id) => [id, signpost._id] as const),
    ]);
    const [joined] = mergesOf({ into: person, absorbed, parts: person.parts, owners, at: now });
    return joined ? [{ ...joined, parts: merge.parts }] : [];
  });
}

function formersIn({ absorbed = [] }: StoredProfile, formers: ReadonlyMap<string, Former>): Former[] {
  return absorbed.flatMap((id) => formers.get(id) ?? []);
}
