import { canonicalJson } from '#platform';
import { derived, foldParts, type Part } from '../folding/index.ts';
import { priorityFrom, type ProfileRules } from '../settings/index.ts';
import { dueAtOnce, foldDocuments, type ProfileStore, type StoredProfile } from '../store/index.ts';
import type { Batch } from './batch.ts';
import type { StoredRefold } from './refold.schema.ts';

const atATime = 500;

/**
 * Brings what is kept beside the parts up to date with other priorities, one batch of profiles in the order of their ids. People whose traits
 * come out otherwise are changed people, so that destinations are told.
 */
export async function foldAnew(
  store: ProfileStore,
  rules: ProfileRules,
  { before = {}, after = {}, place }: StoredRefold,
): Promise<Batch> {
  const [was, is] = [priorityFrom(before), priorityFrom(after)];
  const filter = place === undefined ? {} : { _id: { $gt: place } };
  const profiles = await store.profiles.find(filter, { sort: { _id: 1 }, limit: atATime }).toArray();
  const differs = (parts: readonly Part[]): boolean =>
    parts.length > 1 && canonicalJson(foldParts(parts, was).traits) !== canonicalJson(foldParts(parts, is).traits);
  const concerned = profiles.filter(({ parts }) => differs(parts)).map(({ _id }) => _id);
  const lost = await foldDocuments(store.profiles, concerned, (_, known) =>
    known && !known.mergedInto ? foldedBy(known, rules) : undefined,
  );
  return {
    read: profiles.length,
    changed: concerned.length - lost.size,
    place: lost.size > 0 ? place : profiles.at(-1)?._id,
    last: profiles.length < atATime && lost.size === 0,
  };
}

function foldedBy({ name: _, ...profile }: StoredProfile, { priorityOf }: ProfileRules): StoredProfile {
  const { traits: __, ...beside } = derived(profile.parts, priorityOf);
  const now = new Date();
  return { ...profile, ...beside, ...dueAtOnce(profile, now), v: profile.v + 1, updatedAt: now };
}
