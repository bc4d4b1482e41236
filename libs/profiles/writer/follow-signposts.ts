import type { IdentityKey } from '../identity/index.ts';
import type { ProfileStore, StoredProfile } from '../store/index.ts';

/**
 * Leads identities one step on that lead to profiles which were merged away. One that was claimed for a profile while this was merged stays behind: the
 * merge moved only those that it knew of, and nobody else would ever move it.
 */
export async function followSignposts(
  store: ProfileStore,
  owners: ReadonlyMap<IdentityKey, string>,
  profiles: ReadonlyMap<string, StoredProfile>,
): Promise<void> {
  const operations = [...owners].flatMap(([_id, p]) => {
    const mergedInto = profiles.get(p)?.mergedInto;
    if (mergedInto === undefined) return [];
    return [{ updateOne: { filter: { _id, p }, update: { $set: { p: mergedInto } } } }];
  });
  if (operations.length > 0) await store.identities.bulkWrite(operations, { ordered: false });
}
