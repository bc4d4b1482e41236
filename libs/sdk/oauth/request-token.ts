import type { HttpClient } from '../connector/index.ts';
import { MillraceError } from '../errors/index.ts';
import { isObject } from '../is-object.ts';
import { grantOf, type AuthorizationCode, type Grant } from './grant.ts';
import type { TokenRequest } from './token-request.ts';
import { vendorText } from './vendor-text.ts';

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

/**
 * Asks for an access token (RFC 6749, 4.1.3, 4.4.2 and 6). Throws `authentication_failed` where the client, its refresh token or the code is refused, or where
 * somebody has to sign in first, `invalid_response` for an answer that is none of 5.1, and what `http` throws.
 *
 * @param signedIn otherwise the refresh token is sent, or the client acts for itself
 */
export async function requestToken(
  http: HttpClient,
  request: TokenRequest,
  signedIn?: AuthorizationCode,
): Promise<GrantedToken> {
  const { url, client, clientIn, parameters } = request;
  const grant = grantOf(request, signedIn);
  const body = new URLSearchParams({
    ...parameters,
    ...grant.form,
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
  const answer = isObject(data) ? data : {};
  const { host } = new URL(url);
  // Some vendors refuse with 200, too.
  const granted = status === 200 && (isToken(answer.access_token) || typeof answer.error !== 'string');
  return granted ? tokenIn(host, answer) : refuse(host, status, answer, grant);
}

/** Both parts are written as in a form first (RFC 6749, 2.3.1). */
function basic({ id, secret }: TokenRequest['client']): string {
  const written = [id, secret].map((part) => new URLSearchParams([['', part]]).toString().slice(1)).join(':');
  return `Basic ${Buffer.from(written).toString('base64')}`;
}

function tokenIn(host: string, answer: Record<string, unknown>): GrantedToken {
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

function refuse(host: string, status: number, answer: Record<string, unknown>, { name, advice }: Grant): never {
  const reason = vendorText(answer.error) || String(status);
  const said = vendorText(answer.error_description);
  throw new MillraceError(
    'authentication_failed',
    `${host} gives no access token for ${name} (${reason}${said && `: ${said}`}). ${adviceOn(reason) ?? advice}`,
    { details: { host, status, reason } },
  );
}

/** The codes of RFC 6749, 5.2. */
function adviceOn(reason: string): string | undefined {
  if (reason === 'invalid_client' || reason === 'unauthorized_client')
    return 'Check the id and the secret of the client, and what it may do there.';
  if (reason === 'invalid_scope') return 'Give the client the permissions that the connector asks for.';
  return undefined;
}
