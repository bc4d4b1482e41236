import { Schema } from 'mongoose';
import type { Outcome, PushRow } from '@millrace/sdk';
import type { RowPlace } from '../known-rows/known-row.schema.ts';

/** A source row on its way to a destination. */
export interface BatchRow {
  /** The source row, for the case that it is rejected. */
  raw: unknown;
  position?: string;
  /** Where the source told it, if not here. */
  place?: RowPlace;
  /** By output; null: it has nothing for that one. */
  rows: (PushRow | null)[];
  /** Not a row that was read, but one that a mirror removes: the ledger does not count it. */
  removal?: true;
}

/** Rows that were read and mapped, kept until the destination has told what became of each. */
export interface Batch {
  _id: string;
  run: string;
  slice: string;
  /** Of the slice, when a worker last took the batch up: an older one may not touch it any more. */
  epoch: number;
  /** JSON of `BatchRow[]`: one text is cheaper to keep than many small documents, and may hold any key. */
  content: string;
  /** By output and row, what is known so far. */
  outcomes?: (Outcome | null)[][];
  /** The output that is being sent: noted beforehand where a repeat would be a duplicate. */
  sending?: number;
  /** Rows that were sent again although they may have arrived. */
  repeated: number;
  rounds: number;
  notBefore?: Date;
  createdAt: Date;
}

export const batchSchema = new Schema(
  {
    _id: String,
    run: { type: String, required: true },
    slice: { type: String, required: true },
    epoch: Number,
    content: String,
    outcomes: Schema.Types.Mixed,
    sending: Number,
    repeated: { type: Number, default: 0 },
    rounds: { type: Number, default: 0 },
    notBefore: Date,
    createdAt: Date,
  },
  { collection: 'batches', versionKey: false, minimize: false },
);

batchSchema.index({ slice: 1 });
batchSchema.index({ run: 1 });
