import { Readable } from 'node:stream';
import axios, { isAxiosError, type AxiosError } from 'axios';
import {
  exactJsonResponse,
  excerpt,
  limitRenewal,
  MillraceError,
  refusalCode,
  type ErrorCode,
  type HttpClient,
  type HttpSettings,
} from '../../index.ts';

/**
 * An axios instance like the platform's, without the private-address guard, retries and rate, so that tests reach local servers.
 * Failures are the same MillraceErrors (`authentication_failed` for 401, `rate_limited` for 429 …).
 */
export function testHttp(settings: HttpSettings = {}): HttpClient {
  const { baseURL, headers, params, auth, timeout = 60_000, maxBytes = 50_000_000 } = settings;
  const http = axios.create({
    ...{ baseURL, headers, params, auth, timeout },
    maxContentLength: maxBytes,
    transformResponse: exactJsonResponse,
    proxy: false,
  });
  http.interceptors.response.use(undefined, (error: unknown) => {
    throw isAxiosError(error) ? translate(error, http) : error;
  });
  return http;
}

function translate(error: AxiosError, http: HttpClient): unknown {
  if (error.code === 'ERR_CANCELED') return error;
  // An answer that broke off has a good status and no end: as good as none.
  const { status, headers = {} } = error.response && error.response.status >= 400 ? error.response : {};
  const where = `${(error.config?.method ?? 'get').toUpperCase()} ${pathOf(error.config?.url)}`;
  const code = status === undefined ? codeWithoutAnswer(error) : refusalCode(status, headers);
  const seconds = Number(headers['retry-after']);
  const happened = status ? `answered ${status}${saidBy(error.response?.data, http)}` : error.message;
  return new MillraceError(code, `${where}: ${happened}. ${adviceFor(code)}`, {
    details: status === undefined ? undefined : { status },
    retryAfter: Number.isFinite(seconds) ? seconds * 1000 : limitRenewal(headers),
  });
}

/** What the other side says of it, as the server's own client tells it. */
function saidBy(data: unknown, http: HttpClient): string {
  if (data === undefined || data === null || data === '' || data instanceof Readable) return '';
  const text = Buffer.isBuffer(data) ? data.toString('utf8') : typeof data === 'string' ? data : JSON.stringify(data);
  return ` with ${excerpt(text, http)}`;
}

function adviceFor(code: ErrorCode): string {
  return code === 'rate_limited'
    ? 'Tests do not wait: record its answers, or try the connector with --config, where it is waited.'
    : 'Check the request, and the other side.';
}

function codeWithoutAnswer(error: AxiosError): ErrorCode {
  if (error.code === 'ECONNABORTED' || error.code === 'ETIMEDOUT') return 'timeout';
  return error.message.includes('maxContentLength') ? 'response_too_large' : 'unreachable';
}

/** Queries may hold secrets. */
function pathOf(url = ''): string {
  return url.split('?')[0] ?? '';
}
