import type { StoredMerge } from './merge.schema.ts';

/** Whether a merge was in force at a moment. */
export function heldAt({ at, undoneAt }: StoredMerge, moment: Date): boolean {
  return at <= moment && (undoneAt === undefined || undoneAt > moment);
}

/** Ids of the profiles that were part of one at a moment, itself not among them. */
export function absorbedAt(id: string, merges: readonly StoredMerge[], moment: Date): string[] {
  const held = merges.filter((merge) => heldAt(merge, moment));
  const ids = new Set([id]);
  for (let size = 0; size < ids.size;) {
    size = ids.size;
    for (const { into, absorbed } of held) if (ids.has(into)) ids.add(absorbed);
  }
  ids.delete(id);
  return [...ids].sort();
}
