import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { FailureLog, Log } from '#platform';
import { KeyStore } from './key-store.ts';

/** Milliseconds that a use may take to be written when the process is closed. */
const patience = 2_000;

/** Notes when keys were used. Nobody waits for it: whoever only reads is answered, too, while MongoDB lets writes wait. */
@Injectable()
export class KeyUses implements OnApplicationShutdown {
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #failures: FailureLog;

  constructor(
    private readonly store: KeyStore,
    log: Log,
  ) {
    this.#failures = new FailureLog(log, 'could not note that a key was used');
  }

  note(id: string): void {
    if (this.#underWay.has(id)) return;
    const noting = this.store
      .markUsed(id, new Date())
      .catch((error: unknown) => this.#failures.tell(error, { usedKey: id }))
      .finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, noting);
  }

  /** What is not written by then is cut off and told when MongoDB's connection is closed. */
  async onApplicationShutdown(): Promise<void> {
    const enough = new AbortController();
    const written = Promise.all(this.#underWay.values());
    await Promise.race([written, delay(patience, undefined, { signal: enough.signal })]).finally(() => enough.abort());
  }
}
