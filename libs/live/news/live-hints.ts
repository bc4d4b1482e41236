import { EventEmitter } from 'node:events';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Log, RedisClient, Settings, SharedHint } from '#platform';
import { Causes } from '#profiles';

/** Milliseconds within which writes are told together. */
const together = 100;

/** Tells processes with open connections that something was written. A hint only: they look by themselves once a second. */
@Injectable()
export class LiveHints implements OnModuleInit, OnModuleDestroy {
  readonly #emitter = new EventEmitter();
  readonly #hint: SharedHint;

  constructor(
    redis: RedisClient,
    private readonly settings: Settings,
    private readonly causes: Causes,
    log: Log,
  ) {
    const missed = (error: unknown): void =>
      log.debug({ error: messageOf(error) }, 'live connections will look by themselves');
    this.#hint = new SharedHint(redis, { channel: `${settings.redisPrefix}:live`, together, missed });
  }

  onModuleInit(): void {
    this.causes.onWritten(() => this.#hint.tell());
    if (this.settings.processes.includes('api')) this.#hint.listen(() => this.#emitter.emit('hint'));
  }

  onModuleDestroy(): void {
    this.#hint.end();
  }

  onHint(listener: () => void): void {
    this.#emitter.on('hint', listener);
  }
}
