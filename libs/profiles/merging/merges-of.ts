import { newId } from '#platform';
import type { Part } from '../folding/index.ts';
import type { MergeReason, StoredMerge } from '../history/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { StoredProfile } from '../store/index.ts';

const mostReasons = 10;

export interface Joining {
  into: StoredProfile;
  absorbed: readonly StoredProfile[];
  /** What the rows say that joined them. */
  parts: readonly Part[];
  owners: ReadonlyMap<IdentityKey, string>;
  at: Date;
}

/** What is remembered of a merge: one record for each profile that ends with it. */
export function mergesOf({ into, absorbed, parts, owners, at }: Joining): StoredMerge[] {
  return absorbed.map(({ _id, parts: theirs, ids, absorbed: formerly = [] }): StoredMerge => ({
    _id: newId('mrg'),
    into: into._id,
    absorbed: _id,
    at,
    reason: reasonOf(_id, parts, owners),
    parts: theirs.map(({ k }) => k),
    ids,
    formerly,
    kept: into.parts.map(({ k }) => k),
  }));
}

/** The rows that name the ended profile together with somebody else; all of them where it took several rows, or a record had come to two people. */
function reasonOf(id: string, parts: readonly Part[], owners: ReadonlyMap<IdentityKey, string>): MergeReason {
  const joins = ({ i }: Part): boolean => {
    const named = new Set(i.flatMap((key) => owners.get(key) ?? []));
    return named.has(id) && named.size > 1;
  };
  const direct = parts.filter(joins);
  const reasons = (direct.length > 0 ? direct : parts).slice(0, mostReasons);
  const identities = reasons.flatMap(({ i }) => i.filter((key) => owners.has(key)));
  return {
    parts: reasons.map(({ k }) => k),
    identities: [...new Set(identities)].sort(),
    run: reasons[0]?.b ?? '',
  };
}
