/**
 * Sign-in by OAuth 2.0 (RFC 6749, with PKCE, RFC 7636), as a declaration: it is described, but Millrace serves no sign-in route and refreshes nothing yet.
 * Until then a connector refreshes its own tokens, and stores them by `ctx.updateSecrets`.
 */
export interface OAuth2<C = unknown> {
  type: 'oauth2';
  authorizeUrl: string | ((config: C) => string);
  tokenUrl: string | ((config: C) => string);
  scopes: string[];
  /** Secret fields of the config that hold the tokens. */
  fields: { accessToken: keyof C & string; refreshToken?: keyof C & string; expiresAt?: keyof C & string };
  /** Fields that hold the client's id and secret. */
  client: { id: keyof C & string; secret: keyof C & string };
  /** The refresh token changes with every use. */
  rotates?: boolean;
}

export function oauth2<C>(settings: Omit<OAuth2<C>, 'type'>): OAuth2<C> {
  return { type: 'oauth2', ...settings };
}
