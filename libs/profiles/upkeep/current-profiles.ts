import type { ProfileStore, StoredProfile } from '../store/index.ts';

const longestChain = 20;

/** By an id that a profile has or had: the profile that it is now. Those that are no more are left out. */
export async function currentProfiles(
  store: ProfileStore,
  ids: readonly string[],
): Promise<Map<string, StoredProfile>> {
  const current = new Map<string, StoredProfile>();
  let open = new Map(ids.map((id) => [id, id]));
  for (let step = 0; open.size > 0 && step < longestChain; step++) {
    const found = await store.byIds([...new Set(open.values())]);
    const further = new Map<string, string>();
    for (const [id, at] of open) {
      const profile = found.get(at);
      if (profile?.mergedInto !== undefined) further.set(id, profile.mergedInto);
      else if (profile) current.set(id, profile);
    }
    open = further;
  }
  return current;
}
