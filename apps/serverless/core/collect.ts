import type { Arrival, Fate } from './arrival.ts';
import { outgoingOf, Unreadable } from './messages.ts';
import { problemIn, type Answer, type MillraceClient } from './millrace-client.ts';
import { bodyOf, requestsOf, type Part, type Request } from './requests.ts';
import type { FunctionSettings } from './settings.ts';

interface Rejection {
  index: number;
  code: string;
  message: string;
}

/** What an answer may hold. */
interface Problem {
  rejected?: unknown;
  details?: unknown;
  code?: string;
  detail?: string;
}

/**
 * Hands arrivals to Millrace, in their order; one fate each. An arrival is kept once Millrace has said 200 to all of its events. After the first
 * failure nothing more is sent: what is overloaded is left alone, and nothing overtakes what comes again.
 */
export async function collect(
  arrivals: Arrival[],
  client: MillraceClient,
  { event }: Pick<FunctionSettings, 'event'>,
  writeKey: string,
): Promise<Fate[]> {
  const fates: Fate[] = arrivals.map(() => ({ fate: 'kept' }));
  const parts: Part[] = [];
  for (const [arrival, one] of arrivals.entries()) {
    try {
      parts.push(...outgoingOf(one, event).map((outgoing) => ({ arrival, outgoing })));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      fates[arrival] = { fate: 'refused', code: 'malformed', reason: error.message };
    }
  }
  const waiting = requestsOf(parts);
  for (let request = waiting.shift(); request; request = waiting.shift()) {
    const answer = await send(client, request, writeKey);
    const rejections = rejectionsIn(answer, request);
    if (rejections === 'failed') {
      const reason = answer instanceof Error ? answer.message : problemIn(answer);
      for (const { arrival } of [request, ...waiting].flatMap(({ parts: left }) => left))
        fates[arrival] = { fate: 'failed', reason };
      return fates;
    }
    if (rejections === 'split') waiting.unshift(...halves(request));
    else for (const rejection of rejections) refuse(fates, request, rejection);
  }
  return fates;
}

async function send(client: MillraceClient, request: Request, writeKey: string): Promise<Answer | Error> {
  try {
    return await client.post(request.route, bodyOf(request), { authorization: authorization(request, writeKey) });
  } catch (error) {
    return new Error('no answer', { cause: error });
  }
}

function authorization({ route }: Request, writeKey: string): string {
  if (route === '/api/events') return `Bearer ${writeKey}`;
  return `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
}

/**
 * What was refused for good. A request that was refused as a whole is split, down to the one event that is to blame; all else is to come
 * again, a wrong key too, since that is no fault of the events.
 */
function rejectionsIn(answer: Answer | Error, { parts }: Request): Rejection[] | 'failed' | 'split' {
  if (answer instanceof Error) return 'failed';
  const { status, body } = answer;
  const { rejected, details, code, detail } = (body ?? {}) as Problem;
  if (status === 200) return body === undefined ? 'failed' : listed(rejected);
  if (status !== 400 && status !== 413) return 'failed';
  const each = listed(details);
  if (each.length === parts.length) return each;
  if (parts.length > 1) return 'split';
  return [{ index: 0, code: code ?? String(status), message: detail ?? 'Millrace refuses it.' }];
}

function listed(given: unknown): Rejection[] {
  return Array.isArray(given) ? (given as Rejection[]) : [];
}

function halves({ route, parts }: Request): Request[] {
  const middle = Math.ceil(parts.length / 2);
  return [
    { route, parts: parts.slice(0, middle) },
    { route, parts: parts.slice(middle) },
  ];
}

function refuse(fates: Fate[], { parts }: Request, { index, code, message }: Rejection): void {
  const part = parts[index];
  if (part) fates[part.arrival] = { fate: 'refused', code, reason: message };
}
