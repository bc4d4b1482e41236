import { MillraceError } from '@millrace/sdk';
import { spellingsOf } from '#platform';
import { identityKey, maxIdentityLength, splitIdentity, type IdentityKey } from './identity-key.ts';
import { defaultIdentityRules, type IdentityRules } from './identity-rules.ts';
import { typedKind } from './kinds.ts';
import { normaliseIdentity } from './normalise.ts';
import { plainIdentityPolicy } from './policy.ts';

const kindOfLookup = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/**
 * The identity that somebody typed: `email:Ann@X.com`, `con_…:17`, or a bare e-mail address; or that a mapping gave for `field`. Throws
 * `invalid_identity` telling what an identity looks like.
 */
export function parseIdentity(
  text: unknown,
  { policy }: IdentityRules = defaultIdentityRules,
  field: string | null = null,
): IdentityKey {
  return keyOf(text, policy, field);
}

/**
 * As the policy reads it, and as it may have been stored before there was one, or before spellings were one: so also numbers that the policy refuses today.
 * Throws `invalid_identity`.
 */
export function identitiesToTry(text: string, { policy }: Pick<IdentityRules, 'policy'>): IdentityKey[] {
  const phone = { ...policy.phone, uncertain: 'keep' as const };
  const readings = [keyOf(text, { ...policy, phone }), keyOf(text, plainIdentityPolicy)];
  return [...new Set([...readings, ...readings.flatMap(spellingsOf)])];
}

/**
 * An identity that is stored, and as the policy reads it now: whatever is kept under either is about the same person. One that was stored before it would be
 * refused is itself alone.
 */
export function readingsOf(identity: IdentityKey, rules: Pick<IdentityRules, 'policy'>): IdentityKey[] {
  return [...new Set([identity, ...readAgain(identity, rules)])];
}

/** How a stored identity is read now: as it is where it would be refused. */
export function readingNow(identity: IdentityKey, rules: Pick<IdentityRules, 'policy'>): IdentityKey {
  const [now = identity] = readAgain(identity, rules);
  return now;
}

function readAgain(identity: IdentityKey, rules: Pick<IdentityRules, 'policy'>): IdentityKey[] {
  const { kind } = splitIdentity(identity);
  if (kind !== 'email' && kind !== 'phone') return [];
  try {
    return identitiesToTry(identity, rules);
  } catch (error) {
    if (error instanceof MillraceError) return [];
    throw error;
  }
}

function keyOf(text: unknown, policy: IdentityRules['policy'], field: string | null = null): IdentityKey {
  if (typeof text !== 'string' || text.trim() === '' || text.length > 2 * maxIdentityLength) throw notAnIdentity();
  const colon = text.indexOf(':');
  const [kind, value] =
    colon < 0 && text.includes('@') ? ['email', text] : [text.slice(0, colon).trim(), text.slice(colon + 1)];
  if (colon < 0 && kind !== 'email') throw notAnIdentity();
  if (!kindOfLookup.test(kind)) throw notAnIdentity();
  const meant = typedKind(kind);
  const normal = normaliseIdentity(policy, meant, value, field);
  if (normal === undefined) throw notAnIdentity();
  return identityKey(meant, normal);
}

function notAnIdentity(): MillraceError {
  return new MillraceError(
    'invalid_identity',
    'That is not an identity. Write kind and value, such as email:ann@example.com, phone:+442012345678, user:17 or <connection id>:17; ' +
      'an e-mail address may stand alone.',
  );
}
