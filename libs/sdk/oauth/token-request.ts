import type { OAuth2 } from '../connector/index.ts';
import { MillraceError } from '../errors/index.ts';

/** What a token is asked for with. */
export interface TokenRequest {
  url: string;
  client: { id: string; secret: string };
  /** Absent: the client acts for itself, or for whoever signs in. */
  refreshToken?: string;
  /** The client acts for nobody until somebody has signed in. */
  signsIn?: true;
  scopes: string[];
  clientIn: 'header' | 'body';
  parameters: Record<string, string>;
}

/** What a connector's declaration means with a configuration. Throws `invalid_config` where something is missing. */
export function tokenRequestOf<C>(auth: OAuth2<C>, config: C): TokenRequest {
  const { client, refreshToken, authorizeUrl, scopes = [], clientIn = 'header', parameters = {} } = auth;
  const signsIn = authorizeUrl !== undefined;
  const entered = refreshToken === undefined ? undefined : textIn(config, refreshToken);
  if (refreshToken !== undefined && entered === undefined && !signsIn) throw isNeeded(refreshToken);
  return {
    url: typeof auth.tokenUrl === 'function' ? auth.tokenUrl(config) : auth.tokenUrl,
    client: { id: neededIn(config, client.id), secret: neededIn(config, client.secret) },
    ...(entered !== undefined && { refreshToken: entered }),
    ...(signsIn && { signsIn }),
    scopes,
    clientIn,
    parameters: typeof parameters === 'function' ? parameters(config) : parameters,
  };
}

function neededIn<C>(config: C, field: keyof C & string): string {
  const text = textIn(config, field);
  if (text === undefined) throw isNeeded(field);
  return text;
}

function textIn<C>(config: C, field: keyof C & string): string | undefined {
  const held: unknown = config[field];
  const value: unknown = Array.isArray(held) ? held[0] : held;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isNeeded(field: string): MillraceError {
  return new MillraceError('invalid_config', `"${field}" is needed to sign in by OAuth 2.0. Enter it.`);
}
