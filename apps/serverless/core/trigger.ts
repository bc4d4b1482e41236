import { createHash } from 'node:crypto';
import type { Arrival, Fate } from './arrival.ts';
import { problemIn, type MillraceClient } from './millrace-client.ts';

/**
 * Starts a run of the sync, one for all that came together; the last arrival's id makes a repeat harmless. While a run is active the arrivals
 * are to come again, so that one starts after it, which reads what they told of.
 */
export async function trigger(
  arrivals: Arrival[],
  client: MillraceClient,
  { apiKey, sync }: { apiKey: string; sync: string },
): Promise<Fate[]> {
  const last = arrivals.at(-1);
  if (!last) return [];
  const headers = { authorization: `Bearer ${apiKey}`, 'idempotency-key': keyOf(sync, last) };
  const fate = await client.post(`/api/syncs/${encodeURIComponent(sync)}/runs`, '{}', headers).then(
    (answer): Fate => {
      if (answer.status >= 200 && answer.status < 300) return { fate: 'kept' };
      return { fate: 'failed', reason: problemIn(answer) };
    },
    (): Fate => ({ fate: 'failed', reason: 'no answer' }),
  );
  return arrivals.map(() => fate);
}

function keyOf(sync: string, { id }: Arrival): string {
  return createHash('sha256').update(`${sync}\n${id}`).digest('hex');
}
