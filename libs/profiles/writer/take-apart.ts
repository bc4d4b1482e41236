import { splitIdentity, type IdentityKey, type IdentityRules } from '../identity/index.ts';
import { areApart } from '../merging/index.ts';
import type { StoredProfile } from '../store/index.ts';
import type { PartRow } from './part-row.ts';

export interface People {
  owners: ReadonlyMap<IdentityKey, string>;
  profiles: ReadonlyMap<string, StoredProfile>;
  /** Ids of the profiles that hold the row's part. */
  holders: readonly string[];
}

/**
 * A row that names people who were split, without the identities of those whom it is not about. It is about the person who has the record
 * already, else about the one whom its identity of the kind with the greatest priority names. Undefined: no identity would be left.
 */
export function takeApart(
  row: PartRow,
  { owners, profiles, holders }: People,
  rules: IdentityRules,
): PartRow | undefined {
  const { i, x = [] } = row.part;
  const strongestFirst = [...i].sort(
    (one, other) => priority(other, rules) - priority(one, rules) || (one < other ? -1 : 1),
  );
  const own: StoredProfile[] = [];
  for (const id of [...holders, ...strongestFirst.map((key) => owners.get(key))]) {
    const profile = profiles.get(id ?? '');
    if (profile && !own.includes(profile) && !own.some((other) => areApart(other, profile))) own.push(profile);
  }
  const isForeign = (key: IdentityKey): boolean => {
    const owner = profiles.get(owners.get(key) ?? '');
    return owner !== undefined && !own.includes(owner);
  };
  const kept = i.filter((key) => !isForeign(key));
  if (kept.length === 0) return undefined;
  return { ...row, part: { ...row.part, i: kept, x: [...x, ...i.filter(isForeign)].sort() } };
}

function priority(key: IdentityKey, rules: IdentityRules): number {
  return rules.priorityOf(splitIdentity(key).kind);
}
