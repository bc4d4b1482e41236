import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Log, Regularly } from '#platform';
import { HookStore } from '../store/index.ts';

/** Milliseconds within which refusals are told together: whoever floods the address fills neither log nor database. */
const together = 5_000;

interface Refused {
  connector: string;
  count: number;
  lastAt: Date;
  lastMessage: string;
}

/** Deliveries that were not let in, counted: none is kept. */
@Injectable()
export class Refusals implements OnApplicationShutdown {
  #waiting = new Map<string, Refused>();
  readonly #telling: Regularly;

  constructor(
    private readonly store: HookStore,
    private readonly log: Log,
  ) {
    const missed = (error: unknown): void => log.warn({ error: messageOf(error) }, 'refused deliveries are not noted');
    this.#telling = new Regularly(together, () => this.tell(), missed);
  }

  add(connection: string, connector: string, lastMessage: string): void {
    const count = (this.#waiting.get(connection)?.count ?? 0) + 1;
    this.#waiting.set(connection, { connector, count, lastAt: new Date(), lastMessage });
  }

  /** Notes what waits to be noted. */
  async tell(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    for (const [connection, { connector, count, lastAt, lastMessage }] of waiting) {
      this.log.warn({ connection, connector, count, reason: lastMessage }, 'deliveries of a webhook were refused');
      await this.store.noteRefusals(connection, count, lastAt, lastMessage);
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.#telling.end();
  }
}
