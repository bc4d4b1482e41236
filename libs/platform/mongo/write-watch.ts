import type { Log } from '../log/index.ts';

/** Milliseconds that a write may take. */
const usual = 15_000;

/**
 * Notices that MongoDB neither takes nor refuses a write: locked for a backup (`fsyncLock`), or with a disk that stands still, it answers the driver and all
 * who read, while whoever writes waits without end.
 */
export class WriteWatch {
  private begun?: number;

  constructor(
    private readonly log: Log,
    private readonly patience = usual,
  ) {}

  /** Undefined where none waits for longer than usual. */
  get secondsWaiting(): number | undefined {
    const waited = this.begun === undefined ? 0 : performance.now() - this.begun;
    return waited < this.patience ? undefined : Math.round(waited / 1_000);
  }

  /** @param write one that is made again and again, and never twice at once */
  async watch(write: () => Promise<void>): Promise<void> {
    this.begun = performance.now();
    const timer = setTimeout(() => this.log.warn({ seconds: this.secondsWaiting }, stuck), this.patience).unref();
    try {
      await write();
      const seconds = this.secondsWaiting;
      if (seconds !== undefined) this.log.info({ seconds }, 'MongoDB takes writes again');
    } finally {
      clearTimeout(timer);
      this.begun = undefined;
    }
  }
}

const stuck =
  'MongoDB answers, but takes no writes: nothing goes on until it does. Is it locked (db.fsyncUnlock() ends that), or does its disk stand still?';
