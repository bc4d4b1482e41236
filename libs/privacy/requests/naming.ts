import type { Tombstones } from '#tombstones';

/** Requests about whoever has one of these identities, or had it when they were carried out. */
export function naming(tombstones: Tombstones, identities: readonly string[]) {
  const hashes = identities.flatMap((identity) => tombstones.hashesOf(identity));
  return { $or: [{ identity: { $in: hashes } }, { names: { $in: hashes } }] };
}
