import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { MillraceError } from '@millrace/sdk';

/**
 * Some caches answer with a part of what was asked for as a whole: taken for the whole, the rest would be lost unnoticed. A 206 that counts in
 * anything but bytes is an API's way to page (https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7). Undefined: it is not such a part.
 */
export function unaskedPart(
  host: string,
  request: InternalAxiosRequestConfig,
  response: AxiosResponse,
): MillraceError | undefined {
  const range = String(response.headers['content-range'] ?? '');
  if (response.status !== 206 || request.headers.has('range') || !/^bytes\b/i.test(range) || isWhole(range))
    return undefined;
  return new MillraceError(
    'invalid_response',
    `${host} answered with a part only (${range}) of what was asked for as a whole: have the cache or server there mended.`,
  );
}

function isWhole(range: string): boolean {
  const [, last, length] = /^bytes 0-(\d+)\/(\d+)$/i.exec(range) ?? [];
  return last !== undefined && Number(last) + 1 === Number(length);
}
