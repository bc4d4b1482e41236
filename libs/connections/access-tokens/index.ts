/** Access tokens (OAuth 2.0) of connections: one for all workers, sealed, renewed in time. */
export { accessTokenModel, accessTokenSchema } from './access-token.schema.ts';
export { AccessTokenStore } from './access-token-store.ts';
export { AccessTokens, type TokenOwner } from './access-tokens.ts';
