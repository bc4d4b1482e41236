import { setImmediate as letOthersGo } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { clockTolerance, ClockWatch, Log, Settings } from '#platform';
import { Collections } from '../collections.ts';
import type { Sync } from '../syncs/sync.schema.ts';
import { nextRunAt } from './next-run.ts';

/** Milliseconds within which nobody looks for syncs at the start: a clock that was wrong by less has been caught up with soon. */
const soon = 86_400_000;

/** Nothing rests for more than a day. */
const longestRest = 2 * 86_400_000;

type Scheduled = Pick<Sync, '_id' | 'schedule' | 'nextRunAt'>;

/**
 * While a machine's clock ran ahead, syncs were put off until a time that their schedules counted from there, and who died then left leases that end there. Once the clock
 * has been set back, or at the start of a process, what cannot be so late is counted from now: it would wait until that time comes, and nothing would call it overdue.
 */
@Injectable()
export class ClockCorrection {
  readonly #clock = new ClockWatch();

  constructor(
    private readonly collections: Collections,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {}

  async sweep(now: Date): Promise<void> {
    await this.#clock.look(now, async (isFirst) => {
      await this.#freeWork(now);
      await this.#countAnew(now, isFirst ? soon : clockTolerance);
    });
  }

  async #freeWork(now: Date): Promise<void> {
    const { runs, slices } = this.collections;
    const longestLease = 2_000 * this.settings.lease + clockTolerance;
    const leased = { leaseUntil: { $gt: new Date(now.getTime() + longestLease) } };
    const resting = { notBefore: { $gt: new Date(now.getTime() + longestRest) } };
    const freed = { $set: { leaseUntil: new Date(0) }, $inc: { epoch: 1 } };
    const woken = { $unset: { notBefore: '' } } as const;
    const changed = [
      await runs.updateMany({ active: true, ...leased }, freed),
      await runs.updateMany({ active: true, ...resting }, woken),
      await slices.updateMany({ state: 'working', ...leased }, freed),
      await slices.updateMany({ state: 'pending', ...resting }, woken),
    ];
    const count = changed.reduce((sum, { modifiedCount }) => sum + modifiedCount, 0);
    if (count > 0) this.log.warn({ count }, 'work was leased or put off until too late: the clock was set back');
  }

  async #countAnew(now: Date, beyond: number): Promise<void> {
    const later = { nextRunAt: { $gt: new Date(now.getTime() + beyond) }, paused: false };
    const projection = { schedule: 1, nextRunAt: 1 } as const;
    for await (const sync of this.collections.syncs.find<Scheduled>(later, { projection })) {
      const { _id, nextRunAt: at } = sync;
      await letOthersGo(); // a cron takes milliseconds, and there may be thousands
      const due = this.#dueInstead(sync, now);
      if (!due) continue;
      this.log.warn({ sync: _id, at, due }, 'a sync was due later than its schedule says: the clock was set back');
      await this.collections.syncs.updateOne({ _id, nextRunAt: at }, { $set: { nextRunAt: due } });
    }
  }

  #dueInstead({ _id, schedule, nextRunAt: at }: Scheduled, now: Date): Date | undefined {
    try {
      const latest = schedule && nextRunAt(schedule, new Date(now.getTime() + clockTolerance));
      return schedule && at && latest && at > latest ? nextRunAt(schedule, now) : undefined;
    } catch (error) {
      this.log.warn({ sync: _id, error: messageOf(error) }, 'the schedule of a sync cannot be read');
      return undefined;
    }
  }
}
