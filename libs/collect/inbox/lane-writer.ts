import { messageOf } from '@millrace/sdk';
import { Regularly, type Log } from '#platform';
import { Confirmations } from './confirmations.ts';
import type { InboxItem } from './inbox-item.schema.ts';
import type { InboxStore } from './inbox-store.ts';
import { OwnLane, type LaneTimes } from './own-lane.ts';
import type { WaitingRequest } from './waiting-requests.ts';

/** Writes one group after the other to a lane; to a new one after a write whose end is not known. */
export class LaneWriter {
  readonly #confirmations: Confirmations;
  readonly #renewing: Regularly;
  #lane?: OwnLane;

  /** @param told is called when there is something new to read */
  constructor(
    private readonly store: InboxStore,
    private readonly times: LaneTimes,
    log: Log,
    private readonly told: () => void,
  ) {
    this.#confirmations = new Confirmations(log, told);
    const tell = (error: unknown): void => log.warn({ error: messageOf(error) }, 'the lane could not be renewed yet');
    this.#renewing = new Regularly(times.silence / 6, async () => this.#lane?.confirm(), tell);
  }

  /** Resolves once all are durable. Not to be called again before that. */
  async write(group: WaitingRequest[]): Promise<void> {
    try {
      const lane = await this.#freshLane();
      const items = this.#itemsOf(group, lane);
      await this.store.insert(items);
      lane.isDurable(items.at(-1)?.seq ?? 0);
      this.#confirmations.add(lane);
      this.told();
    } catch (error) {
      this.#lane = undefined; // what became of its last items is not known: nothing may come after them
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#renewing.end();
    await this.#confirmations.end(this.#lane);
  }

  async #freshLane(): Promise<OwnLane> {
    if (this.#lane?.isFresh) return this.#lane;
    const lane = new OwnLane(this.store, this.times);
    await lane.open();
    this.#lane = lane;
    return lane;
  }

  #itemsOf(group: WaitingRequest[], lane: OwnLane): InboxItem[] {
    const { id, durable } = lane;
    return group.flatMap(({ arrivals }) =>
      arrivals.map((arrival) => {
        const expiresAt = new Date(arrival.receivedAt.getTime() + this.times.horizon);
        return Object.assign(arrival, { lane: id, seq: lane.next(), durable, expiresAt });
      }),
    );
  }
}
