import { messageOf } from '@millrace/sdk';
import { isUnreachable } from '../errors/index.ts';
import type { Log } from '../log/index.ts';

/** Milliseconds that a write may take. */
const usual = 15_000;

/**
 * Notices that MongoDB answers the driver and all who read, but takes no writes: locked for a backup (`fsyncLock`), or with a disk that stands still, it lets
 * them wait without end; while its cluster is moved, or without space, it refuses them.
 */
export class WriteWatch {
  private begun?: number;
  private refusal?: string;

  constructor(
    private readonly log: Log,
    private readonly patience = usual,
  ) {}

  /** What is wrong with the last write; undefined where it was taken, or waits no longer than usual. */
  get trouble(): string | undefined {
    const seconds = this.secondsWaiting;
    return seconds === undefined ? this.refusal : `has taken no writes for ${seconds} s`;
  }

  private get secondsWaiting(): number | undefined {
    const waited = this.begun === undefined ? 0 : performance.now() - this.begun;
    return waited < this.patience ? undefined : Math.round(waited / 1_000);
  }

  /** @param write one that is made again and again, and never twice at once; rejects as it does */
  async watch(write: () => Promise<void>): Promise<void> {
    this.begun = performance.now();
    const timer = setTimeout(() => this.log.warn({ seconds: this.secondsWaiting }, stuck), this.patience).unref();
    try {
      await write();
      const seconds = this.secondsWaiting;
      if (seconds !== undefined || this.refusal !== undefined) this.log.info({ seconds }, 'MongoDB takes writes again');
      this.refusal = undefined;
    } catch (error) {
      this.refusal = isUnreachable(error) ? undefined : `refuses writes (${messageOf(error)})`; // that it is away is told by who asks it
      throw error;
    } finally {
      clearTimeout(timer);
      this.begun = undefined;
    }
  }
}

const stuck =
  'MongoDB answers, but takes no writes: nothing goes on until it does. Is it locked (db.fsyncUnlock() ends that), or does its disk stand still?';
