import type { Consumer } from 'kafkajs';
import { messageOf, type Logger } from '@millrace/sdk';

/**
 * Tells the broker where a group stands, for those who watch it there. One request at a time with the newest offsets: rows do not wait for
 * it, and nothing depends on it.
 */
export class OffsetCommits {
  readonly #newest = new Map<number, number>();
  #running?: Promise<void>;

  constructor(
    private readonly consumer: Consumer,
    private readonly topic: string,
    private readonly log: Logger,
  ) {}

  note(partition: number, offset: number): void {
    this.#newest.set(partition, offset);
    this.#running ??= this.#send().finally(() => (this.#running = undefined));
  }

  /** The lane is somebody else's: what it tells counts. */
  forget(partition: number): void {
    this.#newest.delete(partition);
  }

  /** Resolves when everything was told, or could not be. */
  async flush(): Promise<void> {
    await this.#running;
  }

  async #send(): Promise<void> {
    while (this.#newest.size > 0) {
      const offsets = [...this.#newest].map(([partition, offset]) => ({ partition, offset: String(offset) }));
      this.#newest.clear();
      try {
        await this.consumer.commitOffsets(offsets.map((one) => ({ topic: this.topic, ...one })));
      } catch (error) {
        // A rebalance, or a broker that is away: the next commit tells more.
        this.log.info({ topic: this.topic, error: messageOf(error) }, 'the offsets could not be told to the broker');
      }
    }
  }
}
