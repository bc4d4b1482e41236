import type { ServerResponse } from 'node:http';
import { retryAfterOf, toProblem } from '#platform';
import type { Collected } from '../collector/index.ts';

const success = Buffer.from('{"success":true}');

/** Clients take nothing but 200 for success; those that look further find what was refused. */
export function answerKept(response: ServerResponse, collected?: Collected): void {
  const body = collected ? bodyOf(collected) : success;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

function bodyOf({ rejected, warnings }: Collected): Buffer {
  if (rejected.length === 0 && warnings.length === 0) return success;
  const told = { ...(rejected.length > 0 && { rejected }), ...(warnings.length > 0 && { warnings }) };
  return Buffer.from(JSON.stringify({ success: true, ...told }));
}

export function answerJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/**
 * A problem as everywhere, with `success` and `message` beside it, which Segment's clients look for. Too large is 400 here: that is what they know.
 */
export function answerProblem(response: ServerResponse, thrown: unknown): number {
  const found = toProblem(thrown);
  const status = found.status === 413 ? 400 : found.status;
  if (response.headersSent) {
    response.destroy();
    return status;
  }
  const seconds = retryAfterOf(thrown, found);
  if (seconds !== undefined) {
    response.setHeader('retry-after', String(seconds));
    response.setHeader('x-ratelimit-reset', String(Math.floor(Date.now() / 1_000) + seconds));
  }
  if (status === 400 || status === 504) response.setHeader('connection', 'close'); // what is left of the body is not read
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ success: false, ...found, status, message: found.detail }));
  return status;
}
