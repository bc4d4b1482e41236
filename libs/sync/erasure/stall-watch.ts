import { MillraceError } from '@millrace/sdk';

/** Gives work up that does not get on. */
export class StallWatch {
  readonly #given = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #movedAt = Date.now();

  /** @param stall milliseconds without `moved` */
  constructor(stall: number) {
    this.#timer = setInterval(() => {
      if (Date.now() - this.#movedAt < stall) return;
      const message = `Nothing moved for ${Math.round(stall / 1_000)} s: the destination was sent rows and does not answer. If that is usual here, raise MILLRACE_STALL_TIMEOUT.`;
      this.#given.abort(new MillraceError('timeout', message, { retryable: true }));
    }, stall / 10).unref();
  }

  /** Aborts with `timeout` when the work is given up. */
  get signal(): AbortSignal {
    return this.#given.signal;
  }

  moved(): void {
    this.#movedAt = Date.now();
  }

  /** No call may go on by itself behind this. */
  end(): void {
    clearInterval(this.#timer);
    this.#given.abort();
  }
}
