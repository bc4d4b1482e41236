export { hashKey, sameSecret } from './hash-key.ts';
export { isMasterKey } from './master-key-text.ts';
export { Signer } from './signer.ts';
export { Vault } from './vault.ts';
export { identitiesIn, identityHashesIn } from './identity-hashes.ts';
