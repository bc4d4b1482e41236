import type { Part } from '../folding/index.ts';
import type { StoredMerge } from '../history/index.ts';
import { splitIdentity, type IdentityKey, type IdentityRules } from '../identity/index.ts';

/** One of the people that a profile turns out to be. */
export interface Share {
  /** Ids of profiles that this person is, the one that goes on first. None: the person needs an id. */
  ids: string[];
  parts: Part[];
}

/** What a profile had before it became one with others. */
export type Had = Pick<StoredMerge, 'parts' | 'ids'>;

/**
 * Who goes on under which id: every id with whom most of what it had is found, records first, then identities. Where that does not tell, the profile's
 * own id goes with the identity of the greatest priority, then with the most identities, then with the smallest record key; the id of one that had
 * been merged into it stays with it. So the same parts and merges give the same ids. The person who keeps the profile's own id comes first.
 *
 * @param own what the profile had before any merge that is in force; undefined: there was none
 * @param merged what those had that were merged into it, by their ids
 */
export function shareOut(
  id: string,
  components: readonly Part[][],
  own: Had | undefined,
  merged: ReadonlyMap<string, Had>,
  rules: IdentityRules,
): Share[] {
  const open = components.map((parts) => ({ ids: [] as string[], parts, weight: weightOf(parts, rules) }));
  const best = (had: Had | undefined, [first, ...rest]: typeof open) => {
    if (!first) throw new Error('A profile that is split has parts.');
    return rest.reduce(
      (one, other) => (compare(claimOf(had, other.parts), claimOf(had, one.parts)) > 0 ? other : one),
      first,
    );
  };
  const byWeight = [...open].sort((x, y) => compare(y.weight, x.weight));
  const keeper = best(own, byWeight);
  const sorted = [keeper, ...open.filter((share) => share !== keeper)];
  for (const [former, had] of [...merged].sort(([x], [y]) => (x < y ? -1 : 1))) best(had, sorted).ids.push(former);
  keeper.ids.unshift(id);
  return sorted.map(({ ids, parts }) => ({ ids, parts }));
}

/** How much there is of what somebody had; without it, all that is told counts. */
function claimOf(had: Had | undefined, parts: readonly Part[]): number[] {
  const keys = had && new Set(had.parts);
  const ids = new Set<IdentityKey>(had?.ids);
  const held = keys ? parts.filter(({ k }) => keys.has(k)) : parts;
  const names = new Set(parts.flatMap(({ i }) => i));
  return [held.filter(tellsSomething).length, held.length, [...ids].filter((id) => names.has(id)).length];
}

function weightOf(parts: readonly Part[], rules: IdentityRules): number[] {
  const ids = new Set(parts.flatMap(({ i }) => i));
  return [Math.max(...[...ids].map((id) => rules.priorityOf(splitIdentity(id).kind))), ids.size];
}

/** Unlike those that only say whom events and orders are about. */
function tellsSomething({ t }: Part): boolean {
  return Object.keys(t).length > 0;
}

function compare(x: readonly number[], y: readonly number[]): number {
  for (const [index, value] of x.entries()) if (value !== y[index]) return value - (y[index] ?? 0);
  return 0;
}
