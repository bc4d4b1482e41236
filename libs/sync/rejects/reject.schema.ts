import { Schema } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';
import type { RowPlace } from '../known-rows/known-row.schema.ts';

/** A row that was refused, kept with its reason and its original. */
export interface Reject {
  /** Hash of the slice and the row's position or content: the same row is kept once, however often it is read. */
  _id: string;
  run: string;
  sync: string;
  slice: string;
  /** Its place within the run. */
  seq: number;
  /** Of what a replay refused again: where the source told it. */
  told?: RowPlace;
  position?: string;
  /** Names the row, where that could be told. */
  key?: string;
  code: ErrorCode;
  message: string;
  /** The original as JSON text: it may hold keys that MongoDB would refuse. */
  raw: string;
  /** The original is a whole row, or the key of a deletion: it can be mapped again. */
  replayable?: boolean;
  /** HMACs of the identities in it, so that erasure finds it. */
  identities: string[];
  /** When it changed, where the source told that; else when its run began: what the row says is as old as that at least. */
  readAt?: Date;
  /** The source told no time of its change: `readAt` is that of its run. */
  undated?: true;
  at: Date;
  /** The run in which it was mapped again: whatever came of it is told there. */
  replayedIn?: string;
  /** The run in which the source told that the record is gone, or is again as the destination has it: mapped again, it would be as it was. */
  outdatedIn?: string;
}

export const rejectSchema = new Schema(
  {
    _id: String,
    run: { type: String, required: true },
    sync: { type: String, required: true },
    slice: String,
    seq: Number,
    told: Schema.Types.Mixed,
    position: String,
    key: String,
    code: String,
    message: String,
    raw: String,
    replayable: Boolean,
    identities: [String],
    readAt: Date,
    undated: Boolean,
    at: Date,
    replayedIn: String,
    outdatedIn: String,
  },
  { collection: 'rejects', versionKey: false },
);

rejectSchema.index({ run: 1, seq: 1 });
// Lists, the newest first: of everything, a sync, a run; with a code.
rejectSchema.index({ at: -1, _id: -1 });
rejectSchema.index({ sync: 1, at: -1, _id: -1 });
rejectSchema.index({ sync: 1, code: 1, at: -1, _id: -1 });
rejectSchema.index({ run: 1, at: -1, _id: -1 });
// What is mapped again, as it was read.
rejectSchema.index({ sync: 1, run: 1, seq: 1, _id: 1 });
rejectSchema.index({ identities: 1 });
// Those of a source record, which may name nobody.
rejectSchema.index({ sync: 1, key: 1 }, { sparse: true });
