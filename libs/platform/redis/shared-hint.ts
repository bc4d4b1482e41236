import { Hints } from './hints.ts';
import type { RedisClient } from './redis-client.ts';

export interface SharedHintOptions {
  /** Name of the channel; the same in all processes. */
  channel: string;
  /** Milliseconds within which it is told once, however often it is wanted. */
  together: number;
  /** Hears that it did not get through. */
  missed: (error: unknown) => void;
}

/** Tells all processes that there is something to look for. A hint only: whoever waits for it looks by himself, too. */
export class SharedHint {
  readonly #hints: Hints;
  #timer?: NodeJS.Timeout;
  #isEnded = false;

  constructor(
    private readonly redis: RedisClient,
    private readonly options: SharedHintOptions,
  ) {
    this.#hints = new Hints(options.missed);
  }

  /** Calls `listener` whenever a process has told it, this one included. */
  listen(listener: () => void): void {
    const { channel, missed } = this.options;
    const { subscriber } = this.redis;
    subscriber.on('message', (from: string) => {
      if (from === channel) listener();
    });
    subscriber.subscribe(channel).catch(missed);
  }

  tell(): void {
    if (this.#isEnded) return;
    const { channel, together } = this.options;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#hints.send(() => this.redis.client.publish(channel, ''));
    }, together).unref();
  }

  /** Redis goes before the last one is told. */
  end(): void {
    this.#isEnded = true;
    clearTimeout(this.#timer);
  }
}
