import { Schema } from 'mongoose';

/** How much a run has said so far: what keeps its log bounded, whichever processes write it. */
export interface RunLogSize {
  /** The run. */
  _id: string;
  lines: number;
  bytes: number;
  dropped: number;
}

export interface RunLogLine {
  /** Sorts by time. */
  _id: string;
  run: string;
  at: Date;
  level: 'info' | 'warn' | 'error';
  message: string;
  /** JSON text. */
  fields?: string;
  slice?: string;
}

export const runLogSizeSchema = new Schema(
  { _id: String, lines: Number, bytes: Number, dropped: Number },
  { collection: 'run_log_sizes', versionKey: false },
);

export const runLogLineSchema = new Schema(
  {
    _id: String,
    run: { type: String, required: true },
    at: { type: Date, required: true },
    level: String,
    message: String,
    fields: String,
    slice: String,
  },
  { collection: 'run_log_lines', versionKey: false },
);

runLogLineSchema.index({ run: 1, _id: 1 });
