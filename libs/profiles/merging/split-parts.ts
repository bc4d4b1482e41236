import type { Part } from '../folding/index.ts';
import type { StoredMerge } from '../history/index.ts';
import type { IdentityKey } from '../identity/index.ts';

export interface SplitParts {
  /** Of the person who goes on. */
  kept: Part[];
  /** Of the person who is there again. */
  restored: Part[];
}

type Side = keyof SplitParts;

/**
 * Whose each part is once a merge is undone. What either had before goes back. A part that came since goes to the restored person when it
 * names an identity of theirs and none of the other's. An identity that parts of both name belongs to whom it belonged to before the merge;
 * one that nobody had stays with the person who goes on. The other one's parts note it in `x`.
 */
export function splitParts(parts: readonly Part[], merge: Pick<StoredMerge, 'parts' | 'ids' | 'kept'>): SplitParts {
  const own = new Set(merge.kept);
  const sideOf = new Map<IdentityKey, Side>();
  for (const { k, i } of parts) if (own.has(k)) for (const id of i) sideOf.set(id, 'kept');
  for (const id of merge.ids) sideOf.set(id, 'restored');
  const names = ({ i }: Part, side: Side): boolean => i.some((id) => sideOf.get(id) === side);

  const going = new Set(merge.parts);
  let open = parts.filter(({ k }) => !going.has(k) && !own.has(k));
  for (;;) {
    const moving = open.filter((part) => names(part, 'restored') && !names(part, 'kept'));
    if (moving.length === 0) break;
    for (const { k, i } of moving) {
      going.add(k);
      for (const id of i) sideOf.set(id, 'restored');
    }
    open = open.filter(({ k }) => !going.has(k));
  }

  const [restored, kept] = [parts.filter(({ k }) => going.has(k)), parts.filter(({ k }) => !going.has(k))];
  const [inRestored, inKept] = [idsOf(restored), idsOf(kept)];
  const isTheirs = (id: IdentityKey): boolean => sideOf.get(id) === 'restored';
  return {
    kept: kept.map((part) => without(part, (id) => isTheirs(id) && inRestored.has(id))),
    restored: restored.map((part) => without(part, (id) => !isTheirs(id) && inKept.has(id))),
  };
}

function idsOf(parts: readonly Part[]): Set<IdentityKey> {
  return new Set(parts.flatMap(({ i }) => i));
}

function without(part: Part, isForeign: (id: IdentityKey) => boolean): Part {
  const foreign = part.i.filter(isForeign);
  if (foreign.length === 0) return part;
  return { ...part, i: part.i.filter((id) => !foreign.includes(id)), x: [...(part.x ?? []), ...foreign].sort() };
}
