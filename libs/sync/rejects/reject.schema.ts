import { Schema } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';

/** A row that was refused, kept with its reason and its original. */
export interface Reject {
  /** Hash of the slice and the row's position or content: the same row is kept once, however often it is read. */
  _id: string;
  run: string;
  sync: string;
  slice: string;
  /** Its place within the run. */
  seq: number;
  position?: string;
  code: ErrorCode;
  message: string;
  /** The original as JSON text: it may hold keys that MongoDB would refuse. */
  raw: string;
  /** HMACs of the identities in it, so that erasure finds it. */
  identities: string[];
  at: Date;
}

export const rejectSchema = new Schema(
  {
    _id: String,
    run: { type: String, required: true },
    sync: { type: String, required: true },
    slice: String,
    seq: Number,
    position: String,
    code: String,
    message: String,
    raw: String,
    identities: [String],
    at: Date,
  },
  { collection: 'rejects', versionKey: false },
);

rejectSchema.index({ run: 1, seq: 1 });
rejectSchema.index({ sync: 1, at: -1 });
rejectSchema.index({ identities: 1 });
