const first = 1_000;
const longest = 30_000;

/** When something may be done again: after failures later and later, with jitter, so that many readers do not come back at once. */
export class Pause {
  /** Milliseconds since the epoch. */
  until = 0;
  /** In a row. */
  failures = 0;

  /** All went well: again after so many milliseconds. */
  for(milliseconds: number): void {
    this.failures = 0;
    this.until = Date.now() + milliseconds;
  }

  /** Milliseconds to wait. */
  afterFailure(): number {
    const whole = Math.min(longest, first * 2 ** this.failures++);
    const waits = Math.round(whole * (0.5 + Math.random() / 2));
    this.until = Date.now() + waits;
    return waits;
  }
}
