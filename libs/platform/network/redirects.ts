import { AxiosHeaders, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { MillraceError } from '@millrace/sdk';

const redirecting = new Set([301, 302, 303, 307, 308]);
/** What may go to a stranger; everything else could be a credential. */
const harmlessHeaders = ['accept', 'accept-encoding', 'accept-language', 'content-type', 'range', 'user-agent'];

/**
 * The request that follows a redirect (RFC 9110, 15.4), or undefined when the answer is none. Across origins only harmless headers go
 * along. 303, and 301 or 302 after a POST, are followed by GET; a body that was a stream cannot be sent twice.
 */
export function redirected(
  request: InternalAxiosRequestConfig,
  response: AxiosResponse,
): InternalAxiosRequestConfig | undefined {
  const location: unknown = response.headers.location;
  if (!redirecting.has(response.status) || typeof location !== 'string') return undefined;
  const from = new URL(request.url ?? '');
  const to = locationOf(location, from);
  const headers = to.origin === from.origin ? AxiosHeaders.from(request.headers) : harmless(request.headers);
  const next: InternalAxiosRequestConfig = { ...request, url: to.href, headers };
  if (to.origin !== from.origin) delete next.auth;
  if (becomesGet(request.method ?? 'get', response.status)) {
    next.method = 'get';
    next.data = undefined;
    headers.delete('content-type');
    headers.delete('content-length');
  } else if (isStream(request.data)) {
    throw new MillraceError(
      'invalid_response',
      `${from.host} redirects an upload that cannot be sent twice: configure the final address.`,
    );
  }
  return next;
}

export function isStream(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'pipe' in data && typeof data.pipe === 'function';
}

function locationOf(location: string, from: URL): URL {
  if (URL.canParse(location, from.href)) return new URL(location, from);
  throw new MillraceError(
    'invalid_response',
    `${from.host} redirects to something that is not an address: configure the final address.`,
  );
}

function harmless(from: AxiosHeaders): AxiosHeaders {
  const headers = new AxiosHeaders();
  for (const name of harmlessHeaders) if (from.has(name)) headers.set(name, from.get(name));
  return headers;
}

function becomesGet(method: string, status: number): boolean {
  const name = method.toLowerCase();
  return name !== 'head' && name !== 'get' && (status === 303 || (status <= 302 && name === 'post'));
}
