import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds that anybody waits for Redis to take a hint. */
const patience = 1_000;

/**
 * Says things to Redis without depending on it: nobody waits longer than a second, nothing is said while something else has no answer (so nothing
 * piles up before a Redis that is gone or hangs), and what fails is reported.
 */
export class Hints {
  private silent = 0;

  constructor(private readonly report: (error: unknown) => void) {}

  /** What Redis answers; undefined where it does not. Never rejects. */
  async send<T>(hint: () => Promise<T>): Promise<T | undefined> {
    if (this.silent > 0) return undefined;
    const answered = new AbortController();
    const sending = hint()
      .catch((error: unknown) => {
        this.report(error);
        return undefined;
      })
      .finally(() => answered.abort());
    const waiting = delay(patience, undefined, { signal: answered.signal }).catch(() => undefined);
    const answer = await Promise.race([sending, waiting]);
    if (answered.signal.aborted) return answer;
    this.silent++;
    void sending.finally(() => this.silent--);
    return undefined;
  }
}
