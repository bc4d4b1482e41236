import { lostRace } from '#platform';
import { departed, type ClientSession, type ProfileStore, type StoredProfile } from '../store/index.ts';
import type { Plan, Target } from './plan.ts';

class VersionMoved extends Error {}

/**
 * Writes a plan that joins profiles or gives up identities, as one transaction over a few documents. Absorbed profiles stay as empty
 * signposts (`mergedInto`), also where only an identity named them: a writer that is about to create one loses its race then. Gives false
 * when somebody else was faster.
 */
export async function mergeProfiles(store: ProfileStore, plan: Plan): Promise<boolean> {
  try {
    await store.transaction(async (session) => {
      await replace(store, plan.survivor, plan.after, session);
      for (const target of plan.absorbed) await replace(store, target, signpost(target, plan.after), session);
      await moveIdentities(store, plan, session);
    });
    return true;
  } catch (error) {
    if (error instanceof VersionMoved || lostRace(error)) return false;
    throw error;
  }
}

async function replace(
  store: ProfileStore,
  { id, before }: Target,
  after: StoredProfile,
  session: ClientSession,
): Promise<void> {
  if (!before) {
    await store.profiles.insertOne(after, { session });
    return;
  }
  const { _id, ...replacement } = after;
  const { matchedCount } = await store.profiles.replaceOne({ _id: id, v: before.v }, replacement, { session });
  if (matchedCount === 0) throw new VersionMoved();
}

function signpost({ id, before }: Target, { _id: mergedInto, updatedAt }: StoredProfile): StoredProfile {
  const v = (before?.v ?? 0) + 1;
  return {
    _id: id,
    v,
    parts: [],
    ids: [],
    mergedInto,
    ...departed(before, v, updatedAt),
    createdAt: before?.createdAt ?? updatedAt,
    updatedAt,
  };
}

async function moveIdentities(
  store: ProfileStore,
  { survivor, absorbed, after, claims, releases }: Plan,
  session: ClientSession,
): Promise<void> {
  const owners = absorbed.map(({ id }) => id);
  if (claims.length > 0)
    await store.identities.insertMany(
      claims.map((_id) => ({ _id, p: survivor.id })),
      { session },
    );
  if (owners.length > 0) {
    await store.identities.updateMany(
      { _id: { $in: after.ids }, p: { $in: owners } },
      { $set: { p: survivor.id } },
      { session },
    );
  }
  if (releases.length > 0) {
    await store.identities.deleteMany({ _id: { $in: releases }, p: { $in: [survivor.id, ...owners] } }, { session });
  }
}
