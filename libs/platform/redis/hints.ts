import { setTimeout as delay } from 'node:timers/promises';
import { Seldom } from '../log/index.ts';

/** Milliseconds that anybody waits for Redis to take a hint. */
const patience = 1_000;

/**
 * Says things to Redis without depending on it: nobody waits longer than a second, nothing is said while something else has no answer (so nothing
 * piles up before a Redis that is gone or hangs), and what fails is reported.
 */
export class Hints {
  private silent = 0;
  private readonly failures = new Seldom();

  /** @param report hears of a failure at once, of more of them every 10 s: the last one, and how many there were */
  constructor(private readonly report: (error: unknown, count: number) => void) {}

  /** What Redis answers; undefined where it does not. Never rejects. */
  async send<T>(hint: () => Promise<T>): Promise<T | undefined> {
    if (this.silent > 0) return undefined;
    const answered = new AbortController();
    const sending = hint()
      .catch((error: unknown) => {
        this.failures.tell(1, (count) => this.report(error, count));
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
