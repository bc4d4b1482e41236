import type { IncomingMessage, ServerResponse } from 'node:http';
import { MillraceError } from '@millrace/sdk';

/** Pages of any origin may ask: keys are not cookies, so a foreign page gains nothing by a visitor. */
export function allowPages(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'retry-after, x-ratelimit-reset');
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
}

const usualHeaders = 'authorization, content-type, content-encoding, idempotency-key';

/** Any header is fine: RudderStack's library sends one of its own, and pages that trace their requests add theirs to all. */
export function answerPreflight({ headers }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? usualHeaders,
    vary: 'access-control-request-headers',
    'access-control-max-age': '86400',
  });
  response.end();
}

/** Throws `forbidden` for a page of an origin that the source does not name. Programs send no origin. */
export function checkOrigin({ headers: { origin } }: IncomingMessage, origins: string[]): void {
  if (origin === undefined || origins.length === 0 || origins.includes(origin)) return;
  throw new MillraceError('forbidden', 'Pages of this origin may not send with this write key. Add it to the source.');
}
