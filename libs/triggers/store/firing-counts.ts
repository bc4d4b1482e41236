import { Injectable } from '@nestjs/common';
import { TriggerCollections } from './trigger-collections.ts';
import type { Counted } from './firing-count.schema.ts';
import type { LetPass } from './trigger.schema.ts';

const hour = 3_600_000;

export type Counts = Record<Counted, number>;

/** What became of firings, by trigger and hour. */
@Injectable()
export class FiringCounts {
  constructor(private readonly collections: TriggerCollections) {}

  /** What was sent in this hour is let pass: limits count from here on. */
  async letPass(trigger: string): Promise<LetPass> {
    const start = thisHour();
    const found = await this.collections.counts.findOne({ _id: idOf(trigger, start) }, { projection: { sent: 1 } });
    return { hour: start, sent: found?.sent ?? 0 };
  }

  /** Gives how many there were of it in this hour, beside those that were let pass. */
  async add(
    trigger: string,
    counted: Counted,
    { count = 1, passed }: { count?: number; passed?: LetPass } = {},
  ): Promise<number> {
    const start = thisHour();
    const after = await this.collections.counts.findOneAndUpdate(
      { _id: idOf(trigger, start) },
      { $inc: { [counted]: count }, $setOnInsert: { trigger, hour: start } },
      { upsert: true, returnDocument: 'after' },
    );
    const before = passed?.hour.getTime() === start.getTime() ? passed.sent : 0;
    return (after?.[counted] ?? count) - before;
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

function thisHour(): Date {
  return new Date(Math.floor(Date.now() / hour) * hour);
}

function idOf(trigger: string, start: Date): string {
  return `${trigger}|${start.toISOString()}`;
}
