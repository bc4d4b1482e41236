import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { lostRace } from '#platform';
import { checkCron, nextRunAt } from '#sync';
import { QualityCollections } from '../collections.ts';
import type { QualitySchedule, ScheduledWork } from './quality-schedule.schema.ts';

type Wanted = Pick<QualitySchedule, 'cron' | 'timeZone' | 'paused'>;

/** Quarterly, and every night. */
const defaults: Record<ScheduledWork, Wanted> = {
  audit: { cron: '0 4 1 1,4,7,10 *', timeZone: 'UTC', paused: false },
  'data-map': { cron: '30 2 * * *', timeZone: 'UTC', paused: false },
};

/** When audits and data maps are due. */
@Injectable()
export class QualitySchedules {
  constructor(private readonly collections: QualityCollections) {}

  /** Made with its default where nobody said anything yet. */
  async get(work: ScheduledWork): Promise<QualitySchedule> {
    const found = await this.collections.schedules.findOne({ _id: work });
    if (found) return found;
    const made = scheduleOf(work, defaults[work], new Date());
    try {
      await this.collections.schedules.insertOne(made);
      return made;
    } catch (error) {
      if (!lostRace(error)) throw error;
      return this.get(work);
    }
  }

  /** Throws `invalid_schedule`. */
  async put(work: ScheduledWork, wanted: Wanted): Promise<QualitySchedule> {
    checkCron(wanted);
    const { _id, ...schedule } = scheduleOf(work, wanted, new Date());
    await this.collections.schedules.replaceOne({ _id }, schedule, { upsert: true });
    return { _id, ...schedule };
  }

  /** Begins what is due, and only then moves on: whoever dies in between has it begun once more, which begins nothing new. What was missed is done once. */
  async beginDue(work: ScheduledWork, begin: () => Promise<unknown>, now = new Date()): Promise<void> {
    const schedule = await this.get(work);
    const { _id, paused, nextRunAt: due } = schedule;
    if (paused || due > now) return;
    await begin();
    const { nextRunAt } = scheduleOf(work, schedule, now);
    await this.collections.schedules.updateOne({ _id, nextRunAt: due, paused: false }, { $set: { nextRunAt } });
  }
}

function scheduleOf(work: ScheduledWork, { cron, timeZone, paused }: Wanted, now: Date): QualitySchedule {
  const next = nextRunAt({ cron, timeZone }, now);
  if (!next)
    throw new MillraceError('invalid_schedule', `"${cron}" is never due. Write it as minute hour day month weekday.`);
  return { _id: work, cron, timeZone, paused, nextRunAt: next };
}
