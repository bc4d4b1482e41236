import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { MillraceError, messageOf } from '@millrace/sdk';
import { Log, Regularly, Settings } from '#platform';
import type { Arrival } from './arrival.ts';
import { Arrivals } from './arrivals.ts';
import { Confirmations } from './confirmations.ts';
import type { InboxItem } from './inbox-item.schema.ts';
import { InboxStore } from './inbox-store.ts';
import { laneTimes } from './lane-times.ts';
import { OwnLane, type LaneTimes } from './own-lane.ts';
import { WaitingRequests, type WaitingRequest } from './waiting-requests.ts';

/** Milliseconds after which a refused request may come again. */
const restWhenFull = 1_000;
/** Milliseconds: requests gather before a write, which takes far longer, for as long as further ones come, since those just answered come back. */
const gathering = { step: 2, most: 12 };

/**
 * Where everything that arrives is kept before it is acknowledged. What many requests bring is written together: one durable write at a time,
 * and the next one takes what has come meanwhile.
 */
@Injectable()
export class Inbox implements OnApplicationShutdown {
  readonly #waiting = new WaitingRequests({
    requests: 10_000,
    bytes: 32_000_000,
    group: { items: 2_000, bytes: 4_000_000 },
  });
  readonly #times: LaneTimes;
  readonly #confirmations: Confirmations;
  readonly #renewing: Regularly;
  #lane?: OwnLane;
  #writing?: Promise<void>;

  constructor(
    private readonly store: InboxStore,
    private readonly arrivals: Arrivals,
    settings: Settings,
    private readonly log: Log,
  ) {
    this.#times = laneTimes(settings);
    this.#confirmations = new Confirmations(log, () => arrivals.tell());
    const tell = (error: unknown): void => log.warn({ error: messageOf(error) }, 'the lane could not be renewed yet');
    this.#renewing = new Regularly(this.#times.silence / 6, async () => this.#lane?.confirm(), tell);
  }

  /**
   * Resolves once all are durable; those that were there already are as good. Throws `rate_limited` when too much waits, and
   * `service_unavailable` when MongoDB did not take them: they may come again.
   */
  async keep(arrivals: Arrival[]): Promise<void> {
    if (arrivals.length === 0) return;
    const bytes = arrivals.reduce((sum, { json }) => sum + json.length, 0);
    await new Promise<void>((resolve, reject) => {
      if (!this.#waiting.add({ arrivals, bytes, resolve, reject })) return reject(tooMuch());
      this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
    });
  }

  /** What has come is kept; nothing comes any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.#writing;
    await this.#renewing.end();
    await this.#confirmations.end(this.#lane);
  }

  async #write(): Promise<void> {
    for (;;) {
      await this.#gather();
      const group = this.#waiting.takeGroup();
      if (group.length === 0) return;
      await this.#insert(group);
    }
  }

  async #gather(): Promise<void> {
    const until = performance.now() + gathering.most;
    for (let known = -1; known !== this.#waiting.count && performance.now() < until;) {
      known = this.#waiting.count;
      await delay(gathering.step);
    }
  }

  async #insert(group: WaitingRequest[]): Promise<void> {
    try {
      const lane = await this.#freshLane();
      const items = this.#itemsOf(group, lane);
      await this.store.insert(items);
      lane.isDurable(items.at(-1)?.seq ?? 0);
      for (const { resolve } of group) resolve();
      this.#confirmations.add(lane);
      this.arrivals.tell();
    } catch (error) {
      this.#lane = undefined; // what became of its last items is not known: nothing may come after them
      this.log.warn({ error: messageOf(error) }, 'a group could not be kept');
      for (const { reject } of group) reject(notKept(error));
    }
  }

  async #freshLane(): Promise<OwnLane> {
    if (this.#lane?.isFresh) return this.#lane;
    const lane = new OwnLane(this.store, this.#times);
    await lane.open();
    this.#lane = lane;
    return lane;
  }

  #itemsOf(group: WaitingRequest[], lane: OwnLane): InboxItem[] {
    const { id, durable } = lane;
    return group.flatMap(({ arrivals }) =>
      arrivals.map((arrival) => {
        const expiresAt = new Date(arrival.receivedAt.getTime() + this.#times.horizon);
        return Object.assign(arrival, { lane: id, seq: lane.next(), durable, expiresAt });
      }),
    );
  }
}

function tooMuch(): MillraceError {
  return new MillraceError('rate_limited', 'More arrives than can be kept. Nothing of this was kept: send it again.', {
    retryAfter: restWhenFull,
  });
}

function notKept(cause: unknown): MillraceError {
  return new MillraceError('service_unavailable', 'The events could not be kept for sure. Send them again.', {
    retryAfter: restWhenFull,
    cause,
  });
}
