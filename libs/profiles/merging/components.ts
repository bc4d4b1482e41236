import type { Part } from '../folding/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { StoredProfile } from '../store/index.ts';

/**
 * Parts that belong together, because they share identities, directly or through others; each group in the parts' order, the groups by their first part.
 * Parts that name nobody are left out: deleted records, and those whose identities are all somebody else's since a split.
 */
export function componentsOf(parts: readonly Part[]): Part[][] {
  let groups: Group[] = [];
  for (const part of parts) {
    if (part.i.length === 0) continue;
    const joined: Group = { parts: [part], ids: new Set(part.i) };
    const others: Group[] = [];
    for (const group of groups) {
      if (!part.i.some((id) => group.ids.has(id))) others.push(group);
      else {
        joined.parts.push(...group.parts);
        for (const id of group.ids) joined.ids.add(id);
      }
    }
    groups = [...others, joined];
  }
  const sorted = groups.map((group) => group.parts.sort(byKey));
  return sorted.sort(([x], [y]) => byKey(x as Part, y as Part));
}

interface Group {
  parts: Part[];
  ids: Set<IdentityKey>;
}

/** The mark of a profile whose parts do not all belong together (any more): upkeep/separate-chore.ts looks at it. */
export function looseness(parts: readonly Part[], since: Date): Pick<StoredProfile, 'looseAt'> {
  return parts.length > 1 && componentsOf(parts).length > 1 ? { looseAt: since } : {};
}

/** Whether what held a part may not hold it any more: it named an identity before that it does not name afterwards, or nobody. */
export function letsGo(before: Part, after: Part): boolean {
  if (before === after) return false;
  return before.i.length === 0 ? after.i.length > 0 : before.i.some((id) => !after.i.includes(id));
}

function byKey(x: Part, y: Part): number {
  return x.k < y.k ? -1 : 1;
}
