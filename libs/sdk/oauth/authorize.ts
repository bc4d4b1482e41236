import axios, { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import type { HttpClient, OAuth2 } from '../connector/index.ts';
import { MillraceError } from '../errors/index.ts';
import { isObject } from '../is-object.ts';

/** Where access tokens come from. */
export interface TokenSource {
  /** One that is good, as far as anybody knows. */
  current(): Promise<string>;
  /** Another one than this, which the other side did not accept. */
  insteadOf(refused: string): Promise<string>;
}

/**
 * Signs the requests of a client in: those to the origin of its base URL that bring no `Authorization`. One that is answered with 401 is sent once more, with
 * another token: it did nothing, since nobody knew whose it was. Not so a streamed body, which is gone by then. Throws `invalid_connector` without a base URL.
 *
 * @param header what carries the token alone, instead of `Authorization: Bearer …`
 */
export function authorize(http: HttpClient, tokens: TokenSource, { header }: Pick<OAuth2, 'header'> = {}): void {
  const { baseURL = '' } = http.defaults;
  if (!URL.canParse(baseURL)) {
    throw new MillraceError(
      'invalid_connector',
      'A connector that signs in by OAuth 2.0 says where to: give `baseURL` in its `http`.',
    );
  }
  const { origin } = new URL(baseURL);
  const send = axios.getAdapter(http.defaults.adapter);
  const withToken = (request: InternalAxiosRequestConfig, token: string): InternalAxiosRequestConfig => {
    const headers = new AxiosHeaders(request.headers).set(
      header ?? 'Authorization',
      header ? token : `Bearer ${token}`,
    );
    return { ...request, headers };
  };
  http.defaults.adapter = async (request) => {
    if (isSignedIn(request, header) || !leadsTo(origin, request)) return send(request);
    const token = await tokens.current();
    try {
      const response = await send(withToken(request, token));
      if (response.status !== 401 || isStream(request.data)) return response;
    } catch (error) {
      if (statusOf(error) !== 401 || isStream(request.data)) throw error;
    }
    return send(withToken(request, await tokens.insteadOf(token)));
  };
}

function isSignedIn({ headers, auth }: InternalAxiosRequestConfig, header = 'authorization'): boolean {
  return auth !== undefined || headers.has(header);
}

function leadsTo(origin: string, request: InternalAxiosRequestConfig): boolean {
  const url = axios.getUri(request);
  return URL.canParse(url) && new URL(url).origin === origin;
}

/** Of an error of the platform, or of axios'. */
function statusOf(error: unknown): unknown {
  if (error instanceof MillraceError) return isObject(error.details) ? error.details.status : undefined;
  return axios.isAxiosError(error) ? error.response?.status : undefined;
}

function isStream(data: unknown): boolean {
  return isObject(data) && 'pipe' in data;
}
