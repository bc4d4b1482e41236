import { EventEmitter, once } from 'node:events';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Hints, Log, RedisClient, Settings } from '#platform';

/** Milliseconds within which arrivals are told to other processes together. */
const together = 20;

/** Wakes those who read the inbox, in this process and in others. A hint only: readers look by themselves once a second. */
@Injectable()
export class Arrivals implements OnModuleInit, OnModuleDestroy {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  readonly #channel: string;
  #count = 0;
  #timer?: NodeJS.Timeout;
  #isLeaving = false;
  readonly #hints = new Hints((error) => this.#missed(error));

  constructor(
    private readonly redis: RedisClient,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {
    this.#channel = `${settings.redisPrefix}:${this.name}`;
  }

  /** Of what arrives, the same in all processes. */
  protected get name(): string {
    return 'inbox';
  }

  onModuleInit(): void {
    if (!this.settings.processes.includes('worker')) return;
    const { subscriber } = this.redis;
    subscriber.on('message', (channel: string) => {
      if (channel === this.#channel) this.#wake();
    });
    subscriber.subscribe(this.#channel).catch((error: unknown) => this.#missed(error));
  }

  /** Redis goes before the last arrivals are told: readers will look by themselves. */
  onModuleDestroy(): void {
    this.#isLeaving = true;
    clearTimeout(this.#timer);
  }

  /** How often something has arrived. */
  get count(): number {
    return this.#count;
  }

  tell(): void {
    this.#wake();
    if (this.#isLeaving) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#hints.send(() => this.redis.client.publish(this.#channel, ''));
    }, together).unref();
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

  #missed(error: unknown): void {
    this.log.debug({ error: messageOf(error) }, 'readers of the inbox will look by themselves');
  }
}
