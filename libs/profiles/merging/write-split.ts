import { lostRace } from '#platform';
import { partChanges, unsaid, type PartChange } from '../history/index.ts';
import { VersionMoved, type ClientSession, type ProfileStore, type StoredProfile } from '../store/index.ts';

/** All of `work` or nothing. False: somebody else was faster. */
export async function writeSplit(
  store: ProfileStore,
  work: (session: ClientSession) => Promise<void>,
): Promise<boolean> {
  try {
    await store.transaction(work);
    return true;
  } catch (error) {
    if (error instanceof VersionMoved || lostRace(error)) return false;
    throw error;
  }
}

/** Gives somebody the identities of theirs that lead to others. One that is somebody else's by now, or nobody's yet, shows as a duplicate or is made. */
export async function moveIdentities(
  store: ProfileStore,
  { _id, ids }: StoredProfile,
  from: readonly string[],
  session: ClientSession,
): Promise<void> {
  const operations = ids.map((id) => ({
    updateOne: { filter: { _id: id, p: { $in: [...from, _id] } }, update: { $set: { p: _id } }, upsert: true },
  }));
  await store.identities.bulkWrite(operations, { session });
}

/** What the history gets: parts moved, and nobody said anything. */
export function movesOf(before: StoredProfile | undefined, after: StoredProfile): PartChange[] {
  const { _id: profile, v, updatedAt: at, parts } = after;
  return partChanges({ profile, v, at, before: before?.parts ?? [], after: parts }).map(unsaid);
}
