import { messageOf } from '@millrace/sdk';
import type { Log } from '#platform';
import type { OwnLane } from './own-lane.ts';

/** Milliseconds without a further group, after which the last one is confirmed: the next one would have told of it. */
const pause = 15;

/** Tells readers what is durable, behind the writes: nobody waits for it, and a lane that was left is read without it. */
export class Confirmations {
  #timer?: NodeJS.Timeout;
  #telling?: Promise<void>;

  /** @param told is called after each */
  constructor(
    private readonly log: Log,
    private readonly told: () => void,
  ) {}

  add(lane: OwnLane): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#telling = this.#tell(lane);
    }, pause);
  }

  async end(lane: OwnLane | undefined): Promise<void> {
    clearTimeout(this.#timer);
    await this.#telling;
    if (lane) await this.#tell(lane);
  }

  async #tell(lane: OwnLane): Promise<void> {
    try {
      await lane.confirm();
    } catch (error) {
      this.log.warn({ error: messageOf(error) }, 'readers will see the last group a little later');
    }
    this.told();
  }
}
