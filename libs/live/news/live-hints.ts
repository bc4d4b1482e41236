import { EventEmitter } from 'node:events';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Hints, Log, RedisClient, Settings } from '#platform';
import { Causes } from '#profiles';

/** Milliseconds within which writes are told together. */
const together = 100;

/** Tells processes with open connections that something was written. A hint only: they look by themselves once a second. */
@Injectable()
export class LiveHints implements OnModuleInit, OnModuleDestroy {
  readonly #emitter = new EventEmitter();
  readonly #channel: string;
  #timer?: NodeJS.Timeout;
  #isLeaving = false;
  readonly #hints = new Hints((error) => this.#missed(error));

  constructor(
    private readonly redis: RedisClient,
    private readonly settings: Settings,
    private readonly causes: Causes,
    private readonly log: Log,
  ) {
    this.#channel = `${settings.redisPrefix}:live`;
  }

  onModuleInit(): void {
    this.causes.onWritten(() => this.#tell());
    if (!this.settings.processes.includes('api')) return;
    const { subscriber } = this.redis;
    subscriber.on('message', (channel: string) => {
      if (channel === this.#channel) this.#emitter.emit('hint');
    });
    subscriber.subscribe(this.#channel).catch((error: unknown) => this.#missed(error));
  }

  /** Redis goes before the last hint is told: the others look by themselves. */
  onModuleDestroy(): void {
    this.#isLeaving = true;
    clearTimeout(this.#timer);
  }

  onHint(listener: () => void): void {
    this.#emitter.on('hint', listener);
  }

  #tell(): void {
    if (this.#isLeaving) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#hints.send(() => this.redis.client.publish(this.#channel, ''));
    }, together).unref();
  }

  #missed(error: unknown): void {
    this.log.debug({ error: messageOf(error) }, 'live connections will look by themselves');
  }
}
