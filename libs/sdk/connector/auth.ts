/**
 * Requests of `ctx.http` are signed in by OAuth 2.0 (RFC 6749). Millrace asks `tokenUrl` for an access token, keeps it sealed for all workers, and sends it as
 * `Authorization: Bearer …` (RFC 6750) to the origin of the connector's `http().baseURL`: to no other one, and not where a request has an
 * `Authorization` of its own. It is renewed before it expires, and once where the other side answers 401.
 *
 * With `authorizeUrl` somebody signs in there (authorization code, 4.1, with PKCE, RFC 7636): operators get the link to it at the connection. With `refreshToken` an
 * operator enters a refresh token (6), of which a sign-in takes the place. Where the other side gives a new one with each use, that is kept, and the configuration stays
 * as it was entered. With neither, the client acts for itself (client credentials, 4.4).
 */
export interface OAuth2<C = unknown> {
  type: 'oauth2';
  /** Where it depends on a field, that field has `bindsSecrets`. */
  tokenUrl: string | ((config: C) => string);
  /** Fields that hold the client's id and secret; the secret is one. Of a list of secrets the first is sent. */
  client: { id: keyof C & string; secret: keyof C & string };
  /** The vendor's page at which somebody lets the client act for him. */
  authorizeUrl?: string | ((config: C) => string);
  /** What that page wants beside the standard's, such as Google's `access_type: 'offline'`. */
  authorizeParameters?: Record<string, string>;
  /** The secret field that holds the refresh token; where somebody may sign in, it may be empty. */
  refreshToken?: keyof C & string;
  /** Default: those that the other side gives by itself. */
  scopes?: string[];
  /** How the client says who it is: HTTP Basic (the default, which every server knows), or `client_id` and `client_secret` in the body. */
  clientIn?: 'header' | 'body';
  /** What the vendor wants beside these, such as `audience`. */
  parameters?: Record<string, string> | ((config: C) => Record<string, string>);
  /** The header that carries the access token alone, where the vendor does not take `Authorization: Bearer …`. */
  header?: string;
}

/** How a connector signs in: always so, or as its configuration says; undefined for one that does not sign in by OAuth 2.0. */
export type Auth<C = unknown> = OAuth2<C> | ((config: C) => OAuth2<C> | undefined);

export function oauth2<C>(settings: Omit<OAuth2<C>, 'type'>): OAuth2<C> {
  return { type: 'oauth2', ...settings };
}

/** What a connector's declaration says with a configuration. */
export function authOf<C>(auth: Auth<C> | undefined, config: C): OAuth2<C> | undefined {
  return typeof auth === 'function' ? auth(config) : auth;
}
