import type { ClientSession } from './native-collection.ts';
import type { ProfileStore } from './profile-store.ts';
import type { StoredProfile } from './profile.schema.ts';

/** Somebody else has written the profile since it was read. */
export class VersionMoved extends Error {}

/** Writes a profile in place of the version that was read; without one it must not exist yet. Throws `VersionMoved`. */
export async function replaceVersion(
  store: ProfileStore,
  before: StoredProfile | undefined,
  after: StoredProfile,
  session?: ClientSession,
): Promise<void> {
  if (!before) {
    await store.profiles.insertOne(after, { session });
    return;
  }
  const { _id, ...replacement } = after;
  const { matchedCount } = await store.profiles.replaceOne({ _id, v: before.v }, replacement, { session });
  if (matchedCount === 0) throw new VersionMoved();
}

/** The same for many profiles, in a transaction: throws `VersionMoved` where one of them was written by somebody else. */
export async function replaceVersions(
  store: ProfileStore,
  changes: readonly { before: StoredProfile; after: StoredProfile }[],
  session: ClientSession,
): Promise<void> {
  const replacements = changes.map(({ before: { v }, after: { _id, ...replacement } }) => ({
    replaceOne: { filter: { _id, v }, replacement },
  }));
  const { matchedCount } = await store.profiles.bulkWrite(replacements, { session });
  if (matchedCount < changes.length) throw new VersionMoved();
}
