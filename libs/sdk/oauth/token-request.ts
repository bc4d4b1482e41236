import type { OAuth2 } from '../connector/index.ts';
import { MillraceError } from '../errors/index.ts';

/** What a token is asked for with. */
export interface TokenRequest {
  url: string;
  client: { id: string; secret: string };
  /** Absent: the client acts for itself. */
  refreshToken?: string;
  scopes: string[];
  clientIn: 'header' | 'body';
  parameters: Record<string, string>;
}

/** What a connector's declaration means with a configuration. Throws `invalid_config` where something is missing. */
export function tokenRequestOf<C>(auth: OAuth2<C>, config: C): TokenRequest {
  const { client, refreshToken, scopes = [], clientIn = 'header', parameters = {} } = auth;
  return {
    url: typeof auth.tokenUrl === 'function' ? auth.tokenUrl(config) : auth.tokenUrl,
    client: { id: textIn(config, client.id), secret: textIn(config, client.secret) },
    ...(refreshToken !== undefined && { refreshToken: textIn(config, refreshToken) }),
    scopes,
    clientIn,
    parameters: typeof parameters === 'function' ? parameters(config) : parameters,
  };
}

function textIn<C>(config: C, field: keyof C & string): string {
  const held: unknown = config[field];
  const value: unknown = Array.isArray(held) ? held[0] : held;
  if (typeof value === 'string' && value !== '') return value;
  throw new MillraceError('invalid_config', `"${field}" is needed to sign in by OAuth 2.0. Enter it.`);
}
