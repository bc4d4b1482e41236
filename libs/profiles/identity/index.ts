export { alikeField } from './alike-name.ts';
export { identitiesByKind } from './identities-by-kind.ts';
export { maxIdentityLength, identityKey, splitIdentity, type IdentityKey, type IdentityParts } from './identity-key.ts';
export { defaultIdentityRules, identityRules, plainIdentityRules, type IdentityRules } from './identity-rules.ts';
export { isKind, typedKind } from './kinds.ts';
export { Likeness, readingOf, type HeldReading } from './likeness.ts';
export { nationalNumbers, withNationalNumbers } from './national-numbers.ts';
export { otherSpellings } from './other-spellings.ts';
export { identitiesToTry, parseIdentity, readingNow, readingsOf } from './parse-identity.ts';
export { isRegion } from './phone.ts';
export {
  defaultIdentityPolicy,
  plainIdentityPolicy,
  type EmailPolicy,
  type IdentityPolicy,
  type KindPolicy,
  type PhonePolicy,
} from './policy.ts';
export { namedIdentities, plainIdentities, readIdentities } from './read-identities.ts';
export { recognisedIdentities } from './recognised-identities.ts';
