import { composed, plainLetters } from '#platform';
import { emailOf } from './email.ts';
import { maxIdentityLength } from './identity-key.ts';
import { invalidIdentity } from './invalid-identity.ts';
import { phoneOf } from './phone.ts';
import type { IdentityPolicy } from './policy.ts';

const controls = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * The value of an identity as it is compared; undefined when nothing is said (null, empty text). Only texts and finite numbers name a
 * person: anything else (an object such as `{"$gt": ""}`) throws `invalid_identity`. `field` is for the message (null: somebody typed
 * it); values stay out of it.
 */
export function normaliseIdentity(
  { email, phone }: Pick<IdentityPolicy, 'email' | 'phone'>,
  kind: string,
  value: unknown,
  field: string | null = `identities.${kind}`,
): string | undefined {
  const text = plainText(value, field);
  if (text === undefined) return undefined;
  if (kind !== 'email' && kind !== 'phone') return text; // ids are their source's: what looks alike need not be the same
  const plain = plainLetters(text).trim();
  if (plain === '') return undefined;
  return kind === 'email' ? emailOf(plain, email, field) : phoneOf(plain, phone, field);
}

function plainText(value: unknown, field: string | null): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'string')
    throw invalidIdentity(field, 'is neither text nor a number', 'Map a single value to it.');
  const text = composed(value.trim());
  if (text === '') return undefined;
  if (text.length > maxIdentityLength)
    throw invalidIdentity(field, `has more than ${maxIdentityLength} characters`, 'Map a shorter value to it.');
  if (controls.test(text))
    throw invalidIdentity(field, 'has control characters in it', 'Correct the value in the source.');
  if (!text.isWellFormed())
    throw invalidIdentity(field, 'has half a character in it', 'Correct the value in the source.');
  return text;
}
