import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { FailureLog, Log, Regularly } from '#platform';
import { DeclaredHosts, TrackingSettings } from '../settings/index.ts';
import { answerWithin } from './answer-within.ts';

/** Milliseconds that somebody who follows a link waits for MongoDB. */
const patience = 1_500;
/** So old what is known may be when MongoDB goes away. */
const lookEvery = 5_000;

/** The hosts that links may lead to: as MongoDB has them, and where it does not answer as it last told them. */
@Injectable()
export class KnownHosts implements OnModuleInit, OnModuleDestroy {
  #known = new DeclaredHosts([]);
  readonly #failures: FailureLog;
  readonly #looking: Regularly;

  constructor(
    private readonly tracking: TrackingSettings,
    log: Log,
  ) {
    this.#failures = new FailureLog(log, 'The hosts that links may lead to stay as they were');
    this.#looking = new Regularly(lookEvery, () => this.#look(), this.#failures.tell);
  }

  onModuleInit(): Promise<void> {
    return this.#look();
  }

  onModuleDestroy(): void {
    this.#looking.cease();
  }

  /** Read anew: a host that was taken away is refused at once. */
  async get(): Promise<DeclaredHosts> {
    await answerWithin(patience, this.#look().catch(this.#failures.tell));
    return this.#known;
  }

  async #look(): Promise<void> {
    const { hosts } = await this.tracking.get();
    this.#known = new DeclaredHosts(hosts);
  }
}
