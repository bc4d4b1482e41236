import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { MillraceError, messageOf } from '@millrace/sdk';
import { Log, Settings } from '#platform';
import type { Arrival } from './arrival.ts';
import { Arrivals } from './arrivals.ts';
import { InboxStore } from './inbox-store.ts';
import { laneTimes } from './lane-times.ts';
import { LaneWriter } from './lane-writer.ts';
import { WaitingRequests } from './waiting-requests.ts';

/** Milliseconds after which a refused request may come again. */
const restWhenFull = 1_000;
/** Milliseconds: requests gather before a write, which takes far longer, for as long as further ones come, since those just answered come back. */
const gathering = { step: 2, most: 12 };
/** Items that are worth a write of their own while another one is under way: what arrives is read meanwhile, and cores are busy. */
const worthAnother = 200;

/**
 * Where everything that arrives is kept before it is acknowledged. What many requests bring is written together, two durable writes at a time at
 * most, each to a lane of its own; the next one takes what has come meanwhile.
 */
@Injectable()
export class Inbox implements OnApplicationShutdown {
  readonly #waiting = new WaitingRequests({
    requests: 10_000,
    bytes: 32_000_000,
    group: { items: 2_000, bytes: 4_000_000 },
  });
  readonly #writers: LaneWriter[];
  readonly #writing = new Map<LaneWriter, Promise<void>>();

  constructor(
    store: InboxStore,
    arrivals: Arrivals,
    settings: Settings,
    private readonly log: Log,
  ) {
    const times = laneTimes(settings);
    this.#writers = [0, 1].map(() => new LaneWriter(store, times, log, () => arrivals.tell()));
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
      if (this.#isWorthWriting) this.#begin();
    });
  }

  /** What has come is kept; nothing comes any more. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.#writing.values());
    await Promise.all(this.#writers.map((writer) => writer.end()));
  }

  get #isWorthWriting(): boolean {
    return this.#waiting.items >= (this.#writing.size === 0 ? 1 : worthAnother);
  }

  #begin(): void {
    const writer = this.#writers.find((one) => !this.#writing.has(one));
    if (!writer) return;
    const written = this.#write(writer).finally(() => {
      this.#writing.delete(writer);
      if (this.#isWorthWriting) this.#begin();
    });
    this.#writing.set(writer, written);
  }

  async #write(writer: LaneWriter): Promise<void> {
    if (this.#writing.size === 0) await this.#gather();
    const group = this.#waiting.takeGroup();
    if (group.length === 0) return;
    try {
      await writer.write(group);
      for (const { resolve } of group) resolve();
    } catch (error) {
      this.log.warn({ error: messageOf(error) }, 'a group could not be kept');
      for (const { reject } of group) reject(notKept(error));
    }
  }

  async #gather(): Promise<void> {
    const until = performance.now() + gathering.most;
    for (let known = -1; known !== this.#waiting.count && performance.now() < until;) {
      known = this.#waiting.count;
      await delay(gathering.step);
    }
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
