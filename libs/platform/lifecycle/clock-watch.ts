/** Milliseconds by which machines' clocks may differ, and be corrected, without anybody minding. */
export const clockTolerance = 300_000;

/** Notices that the machine's clock was set back, by the time that passes meanwhile. */
export class ClockWatch {
  /** By how much it has been seen ahead of that. */
  #ahead = Infinity;

  /** Does the work if it was; and the first time (`isFirst`), when nothing is known of before. What fails is done with the next look. */
  async look(now: Date, work: (isFirst: boolean) => Promise<void>): Promise<void> {
    const ahead = now.getTime() - performance.now();
    if (ahead < this.#ahead - clockTolerance) await work(!Number.isFinite(this.#ahead));
    this.#ahead = ahead;
  }
}
