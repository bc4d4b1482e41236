import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds that anybody waits for Redis to take a hint. */
const patience = 1_000;

/**
 * Sends hints to Redis without depending on it: nobody waits for one longer than a second, none is sent while another has no answer, and one that
 * fails is reported. The reconciler gives again what got lost.
 */
export class Hints {
  private silent = 0;

  constructor(private readonly report: (error: unknown) => void) {}

  async send(hint: () => Promise<unknown>): Promise<void> {
    if (this.silent > 0) return;
    const answered = new AbortController();
    const sending = hint()
      .catch(this.report)
      .finally(() => answered.abort());
    await Promise.race([sending, delay(patience, undefined, { signal: answered.signal }).catch(() => undefined)]);
    if (answered.signal.aborted) return;
    this.silent++;
    void sending.finally(() => this.silent--); // it never rejects
  }
}
