import { Schema } from 'mongoose';

export const dueProfileModel = 'DueProfile';

/** Somebody whose orders, events or consents changed, or are about to: what is measured of them has to be measured anew. */
export interface DueProfile {
  /** Profile id, as orders and events have it; it may have been merged into another since. */
  _id: string;
  /** Another one with every write that concerns the person: whoever measured removes only what it saw. */
  token: string;
  /** Absent: nothing is due. */
  due?: Date;
  /** Writers that have announced a write and not reported it, and until when they are waited for. */
  open?: Record<string, Date>;
  /** There is so much of them that they are measured on their own. */
  slow: boolean;
  /** Not before: whoever took long to measure is measured seldom. */
  rest?: Date;
}

export const dueProfileSchema = new Schema<DueProfile>(
  {
    _id: String,
    token: { type: String, required: true },
    due: Date,
    open: { type: Schema.Types.Mixed, default: undefined },
    slow: { type: Boolean, required: true },
    rest: Date,
  },
  { collection: 'due_profiles', versionKey: false, minimize: false },
);

dueProfileSchema.index({ slow: 1, due: 1 });
