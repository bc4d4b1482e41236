import { isDeepStrictEqual } from 'node:util';
import { MillraceError } from '@millrace/sdk';
import { withReadableDomain } from '#platform';
import { identityKey, splitIdentity, type IdentityKey } from './identity-key.ts';
import { normaliseIdentity } from './normalise.ts';
import { defaultIdentityPolicy, plainIdentityPolicy, type IdentityPolicy } from './policy.ts';

/** A policy, made ready for thousands of rows. */
export interface IdentityRules {
  readonly policy: IdentityPolicy;
  /** Addresses and numbers are read as without any policy. */
  readonly isPlain: boolean;
  /** The value as it is compared; undefined: nothing is said. Throws `invalid_identity`; `field` is for the message. */
  normalise(kind: string, value: unknown, field?: string): string | undefined;
  /** Whether a value identifies nobody. */
  isBlocked(kind: string, value: string): boolean;
  /** How many identities of a kind one profile may have. */
  limitOf(kind: string): number;
  /** Of two identities that name different people, the one of the kind with the greater priority counts. */
  priorityOf(kind: string): number;
}

/** Throws `invalid_identity` where a blocked value is none that could come. */
export function identityRules(policy: IdentityPolicy): IdentityRules {
  const isBlocked = blockedTest(policy.blocked.map((entry) => blockedKey(policy, entry)));
  const kinds = new Map(policy.kinds.map((kind) => [kind.kind, kind]));
  return {
    policy,
    isPlain: isDeepStrictEqual([policy.email, policy.phone], [plainIdentityPolicy.email, plainIdentityPolicy.phone]),
    normalise: (kind, value, field) => normaliseIdentity(policy, kind, value, field),
    isBlocked,
    limitOf: (kind) => kinds.get(kind)?.limit ?? Number.POSITIVE_INFINITY,
    priorityOf: (kind) => kinds.get(kind)?.priority ?? 0,
  };
}

export const defaultIdentityRules = identityRules(defaultIdentityPolicy);

export const plainIdentityRules = identityRules(plainIdentityPolicy);

function blockedTest(keys: readonly IdentityKey[]): IdentityRules['isBlocked'] {
  const byKind = new Map<string, Set<string>>();
  for (const key of keys) {
    const { kind, value } = splitIdentity(key);
    byKind.set(kind, (byKind.get(kind) ?? new Set()).add(value));
  }
  const ofAnyKind = byKind.get('*');
  const addresses = byKind.get('email');
  return (kind, value) =>
    byKind.get(kind)?.has(value) === true ||
    ofAnyKind?.has(value.toLowerCase()) === true ||
    (kind === 'email' && addresses?.has(value.slice(value.lastIndexOf('@'))) === true);
}

function blockedKey(policy: IdentityPolicy, entry: string): IdentityKey {
  const { kind, value } = splitIdentity(entry);
  const text = value.trim();
  if (!entry.includes(':') || kind === '' || text === '') {
    throw new MillraceError(
      'invalid_identity',
      'A blocked value is kind and value, such as email:test@test.com, email:@example.com or *:unknown.',
    );
  }
  if (kind === '*') return identityKey(kind, text.toLowerCase());
  if (kind === 'email' && text.startsWith('@')) return identityKey(kind, withReadableDomain(text.toLowerCase()));
  // What the policy would refuse as a number is blocked by its digits all the same.
  const phone = { ...policy.phone, uncertain: 'keep' as const };
  return identityKey(kind, normaliseIdentity({ ...policy, phone }, kind, text, 'blocked') ?? text);
}
