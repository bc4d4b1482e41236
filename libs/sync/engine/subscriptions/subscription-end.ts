import type { SliceLease } from '../slices/slice-lease.ts';
import { subscriptionPatience } from '../timing.ts';

/** closing: the run is to be closed; leaving: this worker goes, or has to subscribe anew. */
export type SubscriptionEnding = 'closing' | 'leaving';

/**
 * Ends a subscription: at once while it waits for rows, after the page in hand otherwise. When its lease ends, it ends at once in any case.
 */
export class SubscriptionEnd {
  readonly #source = new AbortController();
  readonly #patience = new AbortController();
  #ending?: SubscriptionEnding;
  #busy: boolean;
  #failed = false;
  #timer?: NodeJS.Timeout;

  /** @param stopping the process is about to stop */
  constructor(
    private readonly held: SliceLease,
    private readonly stopping: AbortSignal,
  ) {
    this.#busy = (held.slice.batches?.length ?? 0) > 0; // what a former turn has read is delivered first
    heed(held.signal, this.#leaseEnded);
    heed(held.closing, this.#close);
    heed(stopping, this.#leave);
  }

  /** Ends the source. */
  get signal(): AbortSignal {
    return this.#source.signal;
  }

  /** The source was given its time: it is left behind. */
  get overdue(): AbortSignal {
    return this.#patience.signal;
  }

  get ending(): SubscriptionEnding | undefined {
    return this.#ending;
  }

  get waits(): boolean {
    return !this.#busy;
  }

  /** Work has failed: whatever else was wanted, that is what there is to tell. */
  get failed(): boolean {
    return this.#failed;
  }

  want(ending: SubscriptionEnding): void {
    this.#ending ??= ending;
    if (!this.#busy) this.#end();
  }

  /** Work that is not to be broken off. Where it fails, the source ends too: otherwise the failure would wait for its next rows. */
  async before<T>(work: () => Promise<T>): Promise<T> {
    this.#busy = true;
    try {
      return await work();
    } catch (error) {
      this.#failed = true;
      throw error;
    } finally {
      this.#busy = false;
      if (this.#ending || this.#failed) this.#end();
    }
  }

  release(): void {
    clearTimeout(this.#timer);
    this.held.signal.removeEventListener('abort', this.#leaseEnded);
    this.held.closing.removeEventListener('abort', this.#close);
    this.stopping.removeEventListener('abort', this.#leave);
  }

  readonly #close = (): void => this.want('closing');
  readonly #leave = (): void => this.want('leaving');

  readonly #leaseEnded = (): void => {
    const { reason } = this.held.signal as { reason: unknown };
    this.#source.abort(reason);
    this.#patience.abort(reason);
  };

  #end(): void {
    if (this.#source.signal.aborted) return;
    this.#source.abort();
    this.#timer = setTimeout(() => this.#patience.abort(), subscriptionPatience);
  }
}

function heed(signal: AbortSignal, listener: () => void): void {
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
}
