import { Schema } from 'mongoose';

/** `audit`: the whole store is validated; `data-map`: the data map is made anew. */
export type ScheduledWork = 'audit' | 'data-map';

export interface QualitySchedule {
  _id: ScheduledWork;
  /** Five or six fields, in the time zone. */
  cron: string;
  timeZone: string;
  paused: boolean;
  nextRunAt: Date;
}

export const qualityScheduleModel = 'QualitySchedule';

export const qualityScheduleSchema = new Schema(
  {
    _id: String,
    cron: { type: String, required: true },
    timeZone: { type: String, required: true },
    paused: { type: Boolean, required: true },
    nextRunAt: { type: Date, required: true },
  },
  { collection: 'quality_schedules', versionKey: false },
);
