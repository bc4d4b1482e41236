import type { Admin } from 'kafkajs';
import { MillraceError, parseTime } from '@millrace/sdk';
import type { Bounds } from './start-of.ts';

/** What the brokers say of a topic's partitions. Asked once for all lanes that are taken at a time. */
export class Offsets {
  #bounds?: Promise<Map<number, Bounds>>;
  #atTime?: Promise<Map<number, number>>;

  constructor(
    private readonly admin: Admin,
    private readonly topic: string,
    private readonly fromTime: string | undefined,
  ) {}

  /** Of each partition. */
  all(): Promise<Map<number, Bounds>> {
    this.#bounds ??= this.#fetchBounds();
    return this.#bounds;
  }

  async of(partition: number): Promise<{ bounds: Bounds; partitions: number }> {
    const all = await this.all();
    const bounds = all.get(partition);
    if (!bounds) {
      throw new MillraceError('remote_error', `Kafka does not tell the offsets of ${this.topic}/${partition}.`);
    }
    return { bounds, partitions: all.size };
  }

  async atTime(partition: number): Promise<number> {
    this.#atTime ??= this.#fetchTimes();
    return (await this.#atTime).get(partition) ?? (await this.of(partition)).bounds.high;
  }

  async #fetchBounds(): Promise<Map<number, Bounds>> {
    const offsets = await this.admin.fetchTopicOffsets(this.topic);
    return new Map(offsets.map(({ partition, low, high }) => [partition, { low: Number(low), high: Number(high) }]));
  }

  async #fetchTimes(): Promise<Map<number, number>> {
    const ms = parseTime(this.fromTime ?? '');
    if (Number.isNaN(ms)) {
      throw new MillraceError('invalid_config', '"Begin at" is timestamp, so "Begin at the time" must say which.');
    }
    const offsets = await this.admin.fetchTopicOffsetsByTimestamp(this.topic, ms);
    return new Map(
      offsets.filter(({ offset }) => Number(offset) >= 0).map((one) => [one.partition, Number(one.offset)]),
    );
  }
}
