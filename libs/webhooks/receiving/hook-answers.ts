import type { ServerResponse } from 'node:http';
import { MillraceError, type HandshakeAnswer } from '@millrace/sdk';
import { retryAfterOf, toProblem } from '#platform';
import type { HookOutcome } from './hook-metrics.ts';

/** Milliseconds after which a sender may come again. */
const restWhenFailed = 30_000;

export function answerKept(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"received":true}');
}

export function answerHandshake(response: ServerResponse, { status, headers, body = '' }: HandshakeAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}

export function answerMethod(response: ServerResponse): void {
  response.writeHead(405, { allow: 'POST' });
  response.end();
}

/** What may be told to whoever sends: never what is wrong with the connection. Vendors send again what was answered with 429 or 5xx. */
export function answerProblem(response: ServerResponse, thrown: unknown): HookOutcome {
  const { error, outcome } = tellable(thrown);
  if (response.headersSent) {
    response.destroy();
    return outcome;
  }
  const found = toProblem(error);
  const retryAfter = retryAfterOf(error, found);
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  if (outcome === 'refused') response.setHeader('connection', 'close'); // what is left of the body is not read
  response.writeHead(found.status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify(found));
  return outcome;
}

export function noSuchWebhook(): MillraceError {
  return new MillraceError('not_found', 'There is no webhook at this address.');
}

function tellable(thrown: unknown): { error: MillraceError; outcome: HookOutcome } {
  if (thrown instanceof MillraceError) {
    if (thrown.code === 'not_found') return { error: thrown, outcome: 'unknown' };
    if (thrown.code === 'rate_limited') return { error: thrown, outcome: 'overloaded' };
    if (told.includes(thrown.code)) return { error: thrown, outcome: 'refused' };
  }
  const message = 'The delivery could not be kept. Send it again.';
  return {
    error: new MillraceError('service_unavailable', message, { retryAfter: restWhenFailed }),
    outcome: 'failed',
  };
}

const told: string[] = ['invalid_signature', 'payload_too_large', 'bad_request', 'timeout'];
