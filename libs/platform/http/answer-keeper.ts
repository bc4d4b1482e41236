import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { FailureLog, toProblem } from '../errors/index.ts';
import { Log } from '../log/index.ts';
import { IdempotencyStore, type StoredAnswer } from './idempotency-store.ts';

const pause = 1_000;

/** Keeps the answers of what is done by then: that MongoDB hesitates is no reason to have it done again. */
@Injectable()
export class AnswerKeeper implements OnApplicationShutdown {
  readonly #ending = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #failures: FailureLog;

  constructor(
    private readonly store: IdempotencyStore,
    log: Log,
  ) {
    this.#failures = new FailureLog(log, 'the answer to an Idempotency-Key could not be kept');
  }

  /** Never throws. What MongoDB does not take now is tried again in the background, while the key stays locked. */
  async keep(id: string, answer: StoredAnswer): Promise<void> {
    if (await this.#isSettled(id, answer)) return;
    const trying = this.#goOn(id, answer).finally(() => this.#underWay.delete(trying));
    this.#underWay.add(trying);
  }

  /** What is left is tried a last time. */
  async onApplicationShutdown(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#underWay);
  }

  async #goOn(id: string, answer: StoredAnswer): Promise<void> {
    const { signal } = this.#ending;
    do await delay(pause, undefined, { signal, ref: false }).catch(() => undefined);
    while (!(await this.#isSettled(id, answer)) && !signal.aborted);
  }

  /** Whether it is kept, or never will be. */
  async #isSettled(id: string, answer: StoredAnswer): Promise<boolean> {
    try {
      await this.store.finish(id, answer);
      return true;
    } catch (error) {
      this.#failures.tell(error);
      return toProblem(error).status !== 503;
    }
  }
}
