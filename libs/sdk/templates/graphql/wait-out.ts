import { setTimeout as delay } from 'node:timers/promises';
import type { MillraceError } from '../../errors/index.ts';

const mostRepeats = 4;
const shortestMs = 500;
const longestMs = 60_000;

/** Waits where an answer with status 200 asks for it, as `ctx.http` does on a 429. Throws a fault that does not pass, or not so soon. */
export async function waitOut(fault: MillraceError, repeat: number, signal: AbortSignal): Promise<void> {
  if (fault.code !== 'rate_limited' || repeat >= mostRepeats) throw fault;
  const pause = Math.max(fault.retryAfter ?? 0, shortestMs * 2 ** repeat);
  if (pause > longestMs) throw fault; // the caller gives its slot free and comes back
  await delay(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
}
