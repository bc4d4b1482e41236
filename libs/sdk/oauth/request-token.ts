import type { HttpClient } from '../connector/index.ts';
import { MillraceError } from '../errors/index.ts';
import { isObject } from '../is-object.ts';
import type { TokenRequest } from './token-request.ts';

export interface GrantedToken {
  accessToken: string;
  /** Seconds from when it was asked for; absent: it is good until it is refused. */
  expiresIn?: number;
  /** A new one, which takes the place of the one that was sent. */
  refreshToken?: string;
}

/** What may stand in a header, and in a document. */
const tokenPattern = /^[\x21-\x7e]{1,16384}$/;
const longestLife = 10 * 365 * 86_400;
const mostCharacters = 200;

/**
 * Asks for an access token (RFC 6749, 4.4.2 and 6). Throws `authentication_failed` where the client or its refresh token is refused, `invalid_response` for an
 * answer that is none of 5.1, and what `http` throws.
 */
export async function requestToken(http: HttpClient, request: TokenRequest): Promise<GrantedToken> {
  const { url, client, refreshToken, scopes, clientIn, parameters } = request;
  const body = new URLSearchParams({
    ...parameters,
    grant_type: refreshToken === undefined ? 'client_credentials' : 'refresh_token',
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(clientIn === 'body' && { client_id: client.id, client_secret: client.secret }),
  });
  const { status, data } = await http.post<unknown>(url, body.toString(), {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(clientIn === 'header' && { authorization: basic(client) }),
    },
    // What goes there is secret: not to wherever that leads.
    maxRedirects: 0,
    validateStatus: (code) => code === 200 || code === 400 || code === 401,
  });
  const { host } = new URL(url);
  return status === 200 ? granted(host, data) : refuse(host, status, data, request);
}

/** Both parts are written as in a form first (RFC 6749, 2.3.1). */
function basic({ id, secret }: TokenRequest['client']): string {
  const written = [id, secret].map((part) => new URLSearchParams([['', part]]).toString().slice(1)).join(':');
  return `Basic ${Buffer.from(written).toString('base64')}`;
}

function granted(host: string, data: unknown): GrantedToken {
  const answer = isObject(data) ? data : {};
  const { access_token: accessToken, token_type: type = 'bearer', refresh_token: refreshToken } = answer;
  if (!isToken(accessToken)) throw notGranted(host, 'gave no access token');
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
    throw notGranted(host, 'gave a token of another type than "Bearer"');
  const seconds = Number(answer.expires_in);
  return {
    accessToken,
    ...(seconds > 0 && { expiresIn: Math.min(seconds, longestLife) }),
    ...(isToken(refreshToken) && { refreshToken }),
  };
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && tokenPattern.test(value);
}

function notGranted(host: string, what: string): MillraceError {
  return new MillraceError(
    'invalid_response',
    `${host} ${what}: check that the address is that of its OAuth 2.0 token endpoint.`,
  );
}

function refuse(host: string, status: number, data: unknown, { refreshToken }: TokenRequest): never {
  const answer = isObject(data) ? data : {};
  const reason = textOf(answer.error) || String(status);
  const said = textOf(answer.error_description);
  const grant = refreshToken === undefined ? 'the client' : 'the refresh token';
  throw new MillraceError(
    'authentication_failed',
    `${host} gives no access token for ${grant} (${reason}${said && `: ${said}`}). ${adviceFor(reason, refreshToken !== undefined)}`,
    { details: { host, status, reason } },
  );
}

/** The codes of RFC 6749, 5.2. */
function adviceFor(reason: string, refreshes: boolean): string {
  if (reason === 'invalid_client' || reason === 'unauthorized_client')
    return 'Check the id and the secret of the client, and what it may do there.';
  if (reason === 'invalid_scope') return 'Give the client the permissions that the connector asks for.';
  if (refreshes) return 'It was used up, revoked or has expired: sign in there again, and enter the new refresh token.';
  return 'Check the credentials of the connection.';
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  const text = value.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text;
}
