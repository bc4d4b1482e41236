import { EventEmitter, once } from 'node:events';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Log, RedisClient, Settings, SharedHint } from '#platform';

/** Milliseconds within which arrivals are told to other processes together. */
const together = 20;

/** Wakes those who read the inbox, in this process and in others. A hint only: readers look by themselves once a second. */
@Injectable()
export class Arrivals implements OnModuleInit, OnModuleDestroy {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  readonly #hint: SharedHint;
  #count = 0;

  constructor(
    redis: RedisClient,
    private readonly settings: Settings,
    log: Log,
  ) {
    const missed = (error: unknown): void =>
      log.debug({ error: messageOf(error) }, 'readers of the inbox will look by themselves');
    this.#hint = new SharedHint(redis, { channel: `${settings.redisPrefix}:${this.name}`, together, missed });
  }

  /** Of what arrives, the same in all processes. */
  protected get name(): string {
    return 'inbox';
  }

  onModuleInit(): void {
    if (this.settings.processes.includes('worker')) this.#hint.listen(() => this.#wake());
  }

  onModuleDestroy(): void {
    this.#hint.end();
  }

  /** How often something has arrived. */
  get count(): number {
    return this.#count;
  }

  tell(): void {
    this.#wake();
    this.#hint.tell();
  }

  /** Resolves when there were more arrivals than `count`, or after so many milliseconds; rejects when the signal aborts. */
  async after(count: number, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#count > count) return;
    const timeout = AbortSignal.timeout(milliseconds);
    try {
      await once(this.#emitter, 'arrival', { signal: AbortSignal.any([signal, timeout]) });
    } catch (error) {
      if (!timeout.aborted || signal.aborted) throw error;
    }
  }

  #wake(): void {
    this.#count++;
    this.#emitter.emit('arrival');
  }
}
