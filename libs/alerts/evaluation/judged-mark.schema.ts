import { Schema } from 'mongoose';

/** Up to which run a sync has been judged, and by which rules. */
export interface JudgedMark {
  /** The sync's id. */
  _id: string;
  run: string;
  /** Changes with any rule. */
  rules: string;
  at: Date;
}

const keptDays = 365;

export const markModel = 'AlertMark';

export const markSchema = new Schema<JudgedMark>(
  {
    _id: String,
    run: { type: String, required: true },
    rules: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'alert_marks', versionKey: false },
);

markSchema.index({ at: 1 }, { expireAfterSeconds: keptDays * 86_400 }); // syncs that are gone
