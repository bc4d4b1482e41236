import { MillraceError } from '@millrace/sdk';
import { identityKey, type IdentityKey } from './identity-key.ts';
import { kindOf } from './kinds.ts';
import { normaliseIdentity } from './normalise.ts';

/** Identities that one row may name. */
export const maxIdentitiesPerRow = 32;

/**
 * The identities that a mapped row names, sorted and without repeats: `{ email: 'Ann@X.com', $source: 17 }` of connection `con_1` gives
 * `['con_1:17', 'email:ann@x.com']`. A list names several. Throws `invalid_identity`.
 */
export function readIdentities(identities: unknown, connection: string): IdentityKey[] {
  if (identities === undefined || identities === null) return [];
  if (typeof identities !== 'object' || Array.isArray(identities)) {
    throw new MillraceError(
      'invalid_identity',
      '`identities` is not an object. Map to identities.email, identities.$source and the like.',
    );
  }
  const keys: IdentityKey[] = [];
  for (const name of Object.keys(identities)) {
    const given = (identities as Record<string, unknown>)[name];
    const kind = name === '$source' ? connection : kindOf(name);
    const field = `identities.${name}`;
    for (const value of Array.isArray(given) ? (given as unknown[]) : [given]) {
      const text = normaliseIdentity(kind, value, field);
      if (text !== undefined) keys.push(identityKey(kind, text));
      if (keys.length > maxIdentitiesPerRow) throw tooMany();
    }
  }
  return keys.length > 1 ? [...new Set(keys)].sort() : keys;
}

function tooMany(): MillraceError {
  return new MillraceError(
    'invalid_identity',
    `The row names more than ${maxIdentitiesPerRow} identities. Map fewer of them.`,
  );
}
