import { Schema } from 'mongoose';
import type { KeyHolder } from '#access';
import type { RetentionKindName } from './retention-kinds.ts';

export const retentionPolicyModel = 'RetentionPolicy';

/** How long a kind of data is kept, and where the removal of what is older stands. */
export interface RetentionPolicy {
  _id: RetentionKindName;
  days: number;
  enabled: boolean;
  /** Raised by every change; absent: not changed since changes were counted. */
  revision?: number;
  updatedBy: KeyHolder;
  updatedAt: Date;
  /** A sweep through the collection goes on while there is one; the next one begins at `nextSweepAt`. */
  sweep?: { id: string; startedAt: Date; before: Date; after?: string; looked: number; removed: number };
  nextSweepAt: Date;
  leaseUntil: Date;
}

export const retentionPolicySchema = new Schema<RetentionPolicy>(
  {
    _id: String,
    days: { type: Number, required: true },
    enabled: { type: Boolean, required: true },
    revision: Number,
    updatedBy: Schema.Types.Mixed,
    updatedAt: { type: Date, required: true },
    sweep: Schema.Types.Mixed,
    nextSweepAt: { type: Date, required: true },
    leaseUntil: { type: Date, required: true },
  },
  { collection: 'retention_policies', versionKey: false },
);

export const retentionSweepModel = 'RetentionSweep';

/** What a whole sweep removed. */
export interface RetentionSweep {
  _id: string;
  kind: RetentionKindName;
  days: number;
  /** What was older than this was removed. */
  before: Date;
  startedAt: Date;
  endedAt: Date;
  looked: number;
  removed: number;
}

const keptDays = 400;

export const retentionSweepSchema = new Schema<RetentionSweep>(
  {
    _id: String,
    kind: { type: String, required: true },
    days: Number,
    before: Date,
    startedAt: Date,
    endedAt: { type: Date, required: true },
    looked: Number,
    removed: Number,
  },
  { collection: 'retention_sweeps', versionKey: false },
);

retentionSweepSchema.index({ kind: 1, _id: -1 });
retentionSweepSchema.index({ endedAt: 1 }, { expireAfterSeconds: keptDays * 86_400 });
