import { Schema } from 'mongoose';
import type { ResumableWork } from '#platform';

/** One look at all profiles. Its tally is kept as JSON, with where it stands: a crash costs at most a page. */
export interface DataMapScan extends ResumableWork {
  /** `dms_…` */
  _id: string;
  /** One at a time: a unique index. */
  open: boolean;
  position?: string;
  /** Profiles that were looked at, and about how many there are. */
  looked: number;
  total: number;
  /** JSON of a Tally. */
  tally?: string;
  /** There are more traits than it has room for. */
  partial?: true;
  startedAt: Date;
}

export const dataMapScanModel = 'DataMapScan';

export const dataMapScanSchema = new Schema(
  {
    _id: String,
    open: { type: Boolean, required: true },
    position: String,
    looked: { type: Number, required: true },
    total: { type: Number, required: true },
    tally: String,
    partial: Boolean,
    startedAt: { type: Date, required: true },
    holder: String,
    until: Date,
    endedAt: Date,
  },
  { collection: 'data_map_scans', versionKey: false },
);

dataMapScanSchema.index({ open: 1 }, { unique: true, partialFilterExpression: { open: true } });
