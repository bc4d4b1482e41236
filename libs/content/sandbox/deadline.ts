import { processorTime } from './processor-time.ts';

/** Milliseconds beyond its limit after which work is ended, whatever kept it from working. */
const patience = 10_000;

/**
 * Ends the work of a process that takes longer than it may. On a machine that is busy with other things a process waits for a processor: where it had one for less
 * than half of the time, it gets the rest of its time.
 */
export class Deadline {
  #timer: NodeJS.Timeout;
  #since = performance.now();
  #hadBefore: number | undefined;

  constructor(
    private readonly pid: number | undefined,
    private readonly limit: number,
    private readonly passed: () => void,
  ) {
    this.#hadBefore = processorTime(pid);
    this.#timer = this.#in(limit);
  }

  /** The time begins anew, as a part of the work is done. */
  refresh(): void {
    this.#since = performance.now();
    this.#timer.refresh();
  }

  clear(): void {
    clearTimeout(this.#timer);
  }

  #in(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.#look(), milliseconds);
  }

  #look(): void {
    const had = processorTime(this.pid);
    const worked = had === undefined || this.#hadBefore === undefined ? Infinity : had - this.#hadBefore;
    const waited = performance.now() - this.#since;
    if (worked >= waited / 2 || worked >= this.limit || waited >= this.limit + patience) this.passed();
    else this.#timer = this.#in(this.limit - worked);
  }
}
