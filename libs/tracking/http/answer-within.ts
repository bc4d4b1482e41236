import { setTimeout as delay } from 'node:timers/promises';

/** Resolves with the work, or after so many milliseconds without it; the work goes on. It must not reject. */
export async function answerWithin(milliseconds: number, work: Promise<void>): Promise<void> {
  const waiting = new AbortController();
  try {
    await Promise.race([work, delay(milliseconds, undefined, { signal: waiting.signal })]);
  } finally {
    waiting.abort();
  }
}
