import { Injectable } from '@nestjs/common';
import { TriggerCollections } from './trigger-collections.ts';
import type { Counted } from './firing-count.schema.ts';

const hour = 3_600_000;

export type Counts = Record<Counted, number>;

/** What became of firings, by trigger and hour. */
@Injectable()
export class FiringCounts {
  constructor(private readonly collections: TriggerCollections) {}

  /** Gives how many there were of it in this hour. */
  async add(trigger: string, counted: Counted, count = 1): Promise<number> {
    const start = new Date(Math.floor(Date.now() / hour) * hour);
    const after = await this.collections.counts.findOneAndUpdate(
      { _id: `${trigger}|${start.toISOString()}` },
      { $inc: { [counted]: count }, $setOnInsert: { trigger, hour: start } },
      { upsert: true, returnDocument: 'after' },
    );
    return after?.[counted] ?? count;
  }

  /** Of the last day, to the hour. */
  async ofLastDay(trigger: string): Promise<Counts> {
    const since = new Date(Date.now() - 24 * hour);
    const found = await this.collections.counts.find({ trigger, hour: { $gt: since } }).toArray();
    const sum = (counted: Counted): number => found.reduce((total, one) => total + (one[counted] ?? 0), 0);
    return {
      sent: sum('sent'),
      skipped: sum('skipped'),
      failed: sum('failed'),
      held: sum('held'),
      tooOld: sum('tooOld'),
    };
  }

  async forget(trigger: string): Promise<void> {
    await this.collections.counts.deleteMany({ trigger });
  }
}
