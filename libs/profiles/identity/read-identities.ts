import { isObject, MillraceError } from '@millrace/sdk';
import { identityKey, type IdentityKey } from './identity-key.ts';
import { defaultIdentityRules, plainIdentityRules, type IdentityRules } from './identity-rules.ts';
import { kindOf } from './kinds.ts';

/** Identities that one row may name. */
export const maxIdentitiesPerRow = 32;

/**
 * The identities that a mapped row names, sorted and without repeats: `{ email: 'Ann@X.com', $source: 17 }` of connection `con_1` gives
 * `['con_1:17', 'email:ann@x.com']`. A list names several. Blocked values are left out. Throws `invalid_identity`, and `identity_blocked`
 * where nothing else is left.
 */
export function readIdentities(
  identities: unknown,
  connection: string,
  rules: IdentityRules = defaultIdentityRules,
): IdentityKey[] {
  if (identities === undefined || identities === null) return [];
  if (typeof identities !== 'object' || Array.isArray(identities)) {
    throw new MillraceError(
      'invalid_identity',
      '`identities` is not an object. Map to identities.email, identities.$source and the like.',
    );
  }
  let keys: IdentityKey[] = [];
  let blocked = false;
  for (const name of Object.keys(identities)) {
    const given = (identities as Record<string, unknown>)[name];
    const own = name === '$source';
    const kind = own ? connection : kindOf(name);
    const field = `identities.${name}`;
    for (const value of Array.isArray(given) ? (given as unknown[]) : [given]) {
      const text = rules.normalise(kind, value, field);
      if (text === undefined) continue;
      if (!own && rules.isBlocked(kind, text)) blocked = true;
      else if (keys.length === 0)
        keys = [identityKey(kind, text)]; // mostly the only one, and kept as it is: no room for more
      else keys.push(identityKey(kind, text));
      if (keys.length > maxIdentitiesPerRow) throw tooMany();
    }
  }
  if (blocked && keys.length === 0) throw blockedOnly();
  return keys.length > 1 ? [...new Set(keys)].sort() : keys;
}

/**
 * What the row names, read the same way for ever: names a thing by whom it is about, so that after a change of the policy it is still the same
 * thing. `ids` is what `readIdentities` gave.
 */
export function plainIdentities(
  identities: unknown,
  connection: string,
  rules: IdentityRules,
  ids: IdentityKey[],
): IdentityKey[] {
  return rules.isPlain ? ids : readIdentities(identities, connection, plainIdentityRules);
}

/** As `readIdentities`, of whatever can be read: what a row names beside it names somebody all the same. */
export function namedIdentities(identities: unknown, connection: string, rules: IdentityRules): IdentityKey[] {
  if (!isObject(identities)) return [];
  return Object.entries(identities).flatMap(([name, given]) =>
    [given].flat().flatMap((value: unknown) => {
      try {
        return readIdentities({ [name]: value }, connection, rules);
      } catch (error) {
        if (error instanceof MillraceError) return [];
        throw error;
      }
    }),
  );
}

function tooMany(): MillraceError {
  return new MillraceError(
    'invalid_identity',
    `The row names more than ${maxIdentitiesPerRow} identities. Map fewer of them.`,
  );
}

function blockedOnly(): MillraceError {
  return new MillraceError(
    'identity_blocked',
    'The row names nobody but by values that the identity policy blocks, such as test@test.com. Correct it in the source, map another identity, ' +
      'or take the value from the list (PUT /api/identity-policy) and replay the row.',
  );
}
