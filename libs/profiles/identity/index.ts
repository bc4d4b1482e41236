export { identitiesByKind } from './identities-by-kind.ts';
export { identityKey, splitIdentity, type IdentityKey, type IdentityParts } from './identity-key.ts';
export { parseIdentity } from './parse-identity.ts';
export { readIdentities } from './read-identities.ts';
