import { MillraceError } from '@millrace/sdk';
import { fits, maxParts, profileTooLarge, type Part } from '../folding/index.ts';
import { splitIdentity, type IdentityKey, type IdentityRules } from '../identity/index.ts';
import { anyApart } from '../merging/index.ts';
import type { StoredProfile } from '../store/index.ts';
import type { PartRow } from './part-row.ts';

/** Why rows cannot become one profile together. */
export type Refusal = 'profile_too_large' | 'identity_limit_reached' | 'merge_limit_reached' | 'people_kept_apart';

/** Undefined: nothing speaks against it. `existing` are the profiles that would become one. */
export function refusalOf(
  existing: readonly StoredProfile[],
  parts: readonly Part[],
  ids: readonly IdentityKey[],
  rules: IdentityRules,
): Refusal | undefined {
  if (existing.length > 1 && anyApart(existing)) return 'people_kept_apart';
  if (existing.length - 1 > rules.policy.mergeLimit) return 'merge_limit_reached';
  if (!fits(parts)) return 'profile_too_large';
  return exceedsLimit(existing, ids, rules) ? 'identity_limit_reached' : undefined;
}

/** A profile that had more when the policy came may keep them, but gets no further ones. */
function exceedsLimit(existing: readonly StoredProfile[], ids: readonly IdentityKey[], rules: IdentityRules): boolean {
  if (ids.length < 2) return false;
  for (const [kind, count] of countsByKind(ids)) {
    if (count <= rules.limitOf(kind)) continue;
    if (!existing.some(({ ids: theirs }) => (countsByKind(theirs).get(kind) ?? 0) >= count)) return true;
  }
  return false;
}

/** Whether a row stands no chance with a profile that is at its limit, so that nothing is gained by trying it alone. */
export function isHopeless(
  { part }: PartRow,
  { parts, ids }: StoredProfile,
  refusal: Refusal,
  rules: IdentityRules,
): boolean {
  if (refusal === 'profile_too_large') return parts.length >= maxParts && !parts.some(({ k }) => k === part.k);
  if (refusal !== 'identity_limit_reached') return false;
  const counts = countsByKind(ids);
  return part.i.some((id) => {
    const { kind } = splitIdentity(id);
    return !ids.includes(id) && (counts.get(kind) ?? 0) >= rules.limitOf(kind);
  });
}

export function refusalError(refusal: Refusal): MillraceError {
  if (refusal === 'profile_too_large') return profileTooLarge();
  return new MillraceError(refusal, messages[refusal]);
}

const advice =
  'Check that the mapped identity names one person only (not a shared address or a constant). If it does, raise the limit ' +
  '(PUT /api/identity-policy) and replay the row.';

const messages: Record<Exclude<Refusal, 'profile_too_large'>, string> = {
  identity_limit_reached: `One person would have more identities of a kind than the identity policy allows. ${advice}`,
  merge_limit_reached: `The row would make one person of more known people than the identity policy allows. ${advice}`,
  people_kept_apart:
    'The record is of one person, and all identities that it names are of another one, from whom that person was split. Correct the identities in the source.',
};

function countsByKind(ids: readonly IdentityKey[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const { kind } = splitIdentity(id);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
