import { Schema } from 'mongoose';

/** Rows that one run read within one span of time, by all workers. */
export interface Pace {
  /** `<run>:<start of the span>` */
  _id: string;
  run: string;
  /** Start of the span. */
  at: Date;
  rows: number;
}

/** Milliseconds of a span. */
export const paceSpan = 2_000;

const keptSeconds = 600;

export const paceSchema = new Schema(
  { _id: String, run: { type: String, required: true }, at: { type: Date, required: true }, rows: Number },
  { collection: 'paces', versionKey: false },
);

paceSchema.index({ run: 1, at: 1 });
paceSchema.index({ at: 1 }, { expireAfterSeconds: keptSeconds });
