import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { boundedId, type Fate } from './arrival.ts';
import { deliver, type Delivery } from './deliver.ts';

export interface HttpRequest {
  method: string;
  /** Lower-case names; of several values the first. */
  headers: Record<string, string | undefined>;
  body: Uint8Array;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** 200 once Millrace has kept it, 400 for what it refuses, 503 where sending it again makes sense. */
export async function answerHttp(request: HttpRequest, delivery: Delivery): Promise<HttpAnswer> {
  const { method, headers, body } = request;
  if (!isLetIn(headers, delivery.settings.httpToken)) return answer(401, { message: 'The token is missing or wrong.' });
  if (method !== 'POST') return answer(405, { message: 'Send events with POST.' }, { allow: 'POST' });
  const id = boundedId('http', headers['idempotency-key'] ?? randomUUID());
  const [fate = { fate: 'kept' } satisfies Fate] = await deliver('http', [{ id, content: { bytes: body } }], delivery);
  if (fate.fate === 'kept') return answer(200, { success: true });
  if (fate.fate === 'refused') return answer(400, { success: false, code: fate.code, message: fate.reason });
  return answer(503, { success: false, message: 'Millrace did not take it. Send it again.' }, { 'retry-after': '5' });
}

function answer(status: number, body: object, headers: Record<string, string> = {}): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function isLetIn(headers: HttpRequest['headers'], token: string | undefined): boolean {
  if (token === undefined) return true;
  const given = headers['x-millrace-token'] ?? /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
