import { messageOf } from '@millrace/sdk';

/** Tells the group that this member lives, while a page waits to be taken. */
export class Heartbeats {
  /** Why the member has to join anew. */
  failure?: Error;
  readonly #timer: NodeJS.Timeout;

  constructor(beat: () => Promise<void>, everyMs: number, onFailure: () => void) {
    this.#timer = setInterval(() => {
      beat().catch((error: unknown) => {
        this.failure ??= error instanceof Error ? error : new Error(messageOf(error));
        onFailure();
      });
    }, everyMs);
  }

  throwIfFailed(): void {
    if (this.failure) throw this.failure;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
