import { newId } from '#platform';
import type { InboxStore } from './inbox-store.ts';

export interface LaneTimes {
  /** Milliseconds after which a lane whose writer is silent counts as left. */
  silence: number;
  /** Milliseconds that items are kept. */
  horizon: number;
}

/** The lane that this process writes. Only one group of it is on its way at a time. */
export class OwnLane {
  readonly id = newId('lane');
  #last = 0;
  #durable = 0;
  #renewedAt = 0;

  constructor(
    private readonly store: InboxStore,
    private readonly times: LaneTimes,
  ) {}

  /** Readers may take a lane whose writer was silent for finished: nothing may be added to it then. */
  get isFresh(): boolean {
    return Date.now() - this.#renewedAt < this.times.silence / 2;
  }

  /** Every item up to this number is durable. */
  get durable(): number {
    return this.#durable;
  }

  isDurable(seq: number): void {
    this.#durable = seq;
  }

  next(): number {
    return ++this.#last;
  }

  /** Makes it known: before its first item, so that no item is in a lane that nobody knows. */
  open(): Promise<void> {
    return this.#write({});
  }

  /** Tells what is durable, and that its writer lives. */
  confirm(): Promise<void> {
    return this.#write({ writeConcern: { w: 1 } }); // the items are durable: losing this delays their reading only
  }

  async #write(options: { writeConcern?: { w: number } }): Promise<void> {
    const at = Date.now();
    const expiresAt = { $add: ['$$NOW', 2 * this.times.horizon] };
    const confirmed = { $max: ['$confirmed', this.#durable] };
    await this.store.lanes.updateOne({ _id: this.id }, [{ $set: { confirmed, seenAt: '$$NOW', expiresAt } }], {
      upsert: true,
      ...options,
    });
    this.#renewedAt = Math.max(this.#renewedAt, at);
  }
}
