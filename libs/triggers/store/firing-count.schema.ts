import { Schema } from 'mongoose';

export const firingCountModel = 'TriggerFiringCount';

/** What became of a trigger's firings within an hour. Only told, except for `sent`, which limits go by. */
export interface FiringCount {
  /** `<trigger>|<hour>` */
  _id: string;
  trigger: string;
  hour: Date;
  sent?: number;
  skipped?: number;
  failed?: number;
  held?: number;
  /** Causes that were too old to fire. */
  tooOld?: number;
}

export type Counted = 'sent' | 'skipped' | 'failed' | 'held' | 'tooOld';

const keptDays = 90;

export const firingCountSchema = new Schema<FiringCount>(
  {
    _id: String,
    trigger: { type: String, required: true },
    hour: { type: Date, required: true },
    sent: Number,
    skipped: Number,
    failed: Number,
    held: Number,
    tooOld: Number,
  },
  { collection: 'trigger_firing_counts', versionKey: false },
);

firingCountSchema.index({ trigger: 1, hour: -1 });
firingCountSchema.index({ hour: 1 }, { expireAfterSeconds: keptDays * 86_400 });
