import type { LastMessage } from './last-message.ts';
import { laneOf, type Place } from './place.ts';

/** A partition that the broker has given to this subscriber at some time. Kept when it goes, since pages of it may still be underway. */
export class HeldLane {
  readonly name: string;
  /** Behind the last message that was handed over; absent while the lane is being claimed, or is somebody else's by what the engine knows. */
  place?: Place;
  /** The message before the place, until it was looked at. */
  before?: LastMessage;
  /** Offset of a message that is another one than was read there. */
  otherAt?: number;
  /** The group says that it is this subscriber's. */
  assigned = false;
  /** The engine found another subscriber in it. */
  revoked = false;
  /** When nothing of it was waiting (ms). */
  caughtUpAt?: number;
  /** Behind the last message whose rows are durable. */
  #durable?: Place;
  /** Behind the last batch that holds nothing to read: markers of transactions, what was aborted. */
  #empty = 0;
  /** Changes with each claim: what was begun before is void. */
  claim = 0;
  #underway = 0;
  #settled: (() => void)[] = [];

  constructor(
    topic: string,
    readonly partition: number,
  ) {
    this.name = laneOf(topic, partition);
  }

  /** Offset up to which everything has arrived; absent: not known. */
  get arrivedUpTo(): number | undefined {
    if (!this.#durable) return undefined;
    return this.#underway > 0 ? this.#durable.offset : Math.max(this.#durable.offset, this.#empty);
  }

  /** The latest time of a message that has arrived (ms); absent: none has. */
  get arrivedAt(): number | undefined {
    return this.#durable?.at || undefined;
  }

  durableUpTo(place: Place): void {
    this.#durable = place;
  }

  /** Kafka has given nothing to read up to that offset, after all that was handed over. */
  nothingBefore(offset: number): void {
    this.#empty = offset;
  }

  /** Where it stands is not known any more. */
  forget(): void {
    this.place = undefined;
    this.before = undefined;
    this.#durable = undefined;
    this.#empty = 0;
    this.caughtUpAt = undefined;
  }

  /** The engine has got a page, and has not said yet that its rows are durable. */
  handedOver(): void {
    this.#underway++;
  }

  settle(): void {
    this.#underway = Math.max(0, this.#underway - 1);
    if (this.#underway === 0) this.#wake();
  }

  /** Pages underway will not be committed. */
  abandon(): void {
    this.#underway = 0;
    this.#wake();
  }

  /** Resolves when no page is underway: until then nobody can say where the lane goes on. */
  async quiet(): Promise<void> {
    while (this.#underway > 0) await new Promise<void>((resolve) => this.#settled.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#settled.splice(0)) resolve();
  }
}
