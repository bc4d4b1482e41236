import { lostRace } from '#platform';
import type { ProfileHistory } from '../history/index.ts';
import {
  departed,
  replaceVersion,
  VersionMoved,
  type ClientSession,
  type ProfileStore,
  type StoredProfile,
} from '../store/index.ts';
import type { Plan } from './plan.ts';
import type { Target } from './profile-after.ts';

/**
 * Writes a plan that joins profiles, gives up identities or confirms them, with its history, as one transaction over a few documents. Absorbed profiles stay as empty
 * signposts (`mergedInto`), also where only an identity named them: a writer that is about to create one loses its race then. Gives false
 * when somebody else was faster.
 */
export async function mergeProfiles(store: ProfileStore, history: ProfileHistory, plan: Plan): Promise<boolean> {
  try {
    await store.transaction(async (session) => {
      await replaceVersion(store, plan.survivor.before, plan.after, session);
      for (const target of plan.absorbed) await replaceVersion(store, target.before, signpost(target, plan), session);
      await moveIdentities(store, plan, session);
      await history.note(plan.changes, session);
      if (plan.merges.length > 0) await history.merges.insertMany(plan.merges, { session });
    });
    return true;
  } catch (error) {
    if (error instanceof VersionMoved || lostRace(error)) return false;
    throw error;
  }
}

function signpost({ id, before }: Target, { survivor, after }: Plan): StoredProfile {
  const v = (before?.v ?? 0) + 1;
  const { _id: mergedInto, updatedAt } = after;
  const merged = new Set([...(survivor.before?.aud ?? []), ...(after.aud ?? [])]);
  return {
    _id: id,
    v,
    parts: [],
    ids: [],
    mergedInto,
    ...departed(before, v, updatedAt, { merged }),
    createdAt: before?.createdAt ?? updatedAt,
    updatedAt,
  };
}

async function moveIdentities(
  store: ProfileStore,
  { survivor, absorbed, after, claims, confirms, releases }: Plan,
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
  // One that pointed here though no profile said so was claimed by a writer that died, or has just become somebody else's: the duplicate key tells.
  if (confirms.length > 0) {
    await store.identities.bulkWrite(
      confirms.map((_id) => ({
        updateOne: { filter: { _id, p: survivor.id }, update: { $set: { p: survivor.id } }, upsert: true },
      })),
      { session },
    );
  }
  if (releases.length > 0) {
    await store.identities.deleteMany({ _id: { $in: releases }, p: { $in: [survivor.id, ...owners] } }, { session });
  }
}
