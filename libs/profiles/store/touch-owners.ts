import { spellingsOf } from '#platform';
import type { IdentityKey } from '../identity/index.ts';
import type { ProfileStore } from './profile-store.ts';

/**
 * Marks the people of some identities as changed, so that whoever follows the profiles reads them again. The version moves too: a writer that
 * has read them before must not put the old time back.
 */
export async function touchOwners(store: ProfileStore, identities: readonly IdentityKey[], now: Date): Promise<void> {
  const owners = new Set((await store.ownersOf([...new Set(identities.flatMap(spellingsOf))])).values());
  if (owners.size === 0) return;
  await store.profiles.updateMany({ _id: { $in: [...owners] } }, { $set: { updatedAt: now }, $inc: { v: 1 } });
}
