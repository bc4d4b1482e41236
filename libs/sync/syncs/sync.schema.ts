import { Schema } from 'mongoose';
import type { Condition, Json, Mapping, WriteMode } from '@millrace/sdk';
import type { Ledger } from '../runs/ledger.ts';
import type { SyncPlaces } from './sync-places.ts';
import type { SyncWrite } from './sync-writes.ts';

/** `stream` follows an endless stream. */
export type ReadMode = 'full' | 'incremental' | 'stream';

/** Six fields at most, as cron has them, in a time zone; a fixed interval; or after each run of another sync (its id) that succeeded. */
export type Schedule = { cron: string; timeZone?: string } | { every: string } | { after: string };

/** What happens to a batch whose fate is not known where a repeat would be a duplicate: sent again, or not. */
export type Delivery = 'atLeastOnce' | 'atMostOnce';

/** What a new or changed field does: nothing; it is noted and reported; the run is held before anything of it is written. */
export type DriftPolicy = 'ignore' | 'add' | 'pause';

export interface SyncFrom {
  connection: string;
  stream: string;
  /** Overrides of the stream's own key and cursor. */
  key?: string[];
  cursor?: string;
}

export interface SyncTo {
  connection: string;
  /** Absent: the stream's outputs say which objects. */
  object?: string;
}

/** A stream joined to an object by a mapping and a schedule. */
export interface Sync {
  _id: string;
  slug?: string;
  name: string;
  from: SyncFrom;
  to: SyncTo;
  /** Object name → mapping; absent: the stream's outputs, or the object's usual mapping. */
  outputs?: Record<string, Mapping>;
  /** What the mappings write, as they were when the sync was saved: who needs it asks here, not the connectors. */
  writes?: SyncWrite[];
  filter?: Condition;
  read: ReadMode;
  /** Subscribers of an endless stream, which share its lanes (absent: one). */
  consumers?: number;
  mode: WriteMode;
  /** Which of these are as the other systems have them where nobody says how (absent: not known). */
  usual?: ('read' | 'mode')[];
  delivery: Delivery;
  drift: DriftPolicy;
  schedule?: Schedule;
  labels: string[];
  paused: boolean;
  nextRunAt?: Date;
  /** Where the next run starts. */
  startsFrom?: Json;
  /** The source (`<connection>/<stream>`) whose fields are known, so that changes are noticed. */
  fieldsOf?: string;
  /** Absent: those that its connections led to first. */
  places?: SyncPlaces;
  /** It had another destination, and what is known of rows may be that one's: nothing is known any more when the next run begins. */
  moved?: true;
  /** The revision since which it starts anew, or where somebody said: a run of an older one does not say where the next run starts. */
  anewSince?: number;
  lastRun?: { id: string; state: string; reason?: string; endedAt: Date; ledger?: Ledger };
  /** The last run that succeeded, of those that read everything or everything new. */
  lastSuccess?: string;
  /** Of a sync that runs after another: that one's last success after which it ran. */
  followed?: string;
  /** How often another one was told to run after it: so that it is not removed at that very moment. */
  timesFollowed?: number;
  /** What was changed at the source up to then has arrived: the `until` of the last whole run that succeeded. */
  reaches?: Date;
  /** Raised by every change of what the sync does. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

export const syncSchema = new Schema(
  {
    _id: String,
    slug: String,
    name: { type: String, required: true },
    from: { type: Schema.Types.Mixed, required: true },
    to: { type: Schema.Types.Mixed, required: true },
    outputs: Schema.Types.Mixed,
    writes: { type: Schema.Types.Mixed, default: undefined },
    filter: Schema.Types.Mixed,
    read: { type: String, required: true },
    consumers: Number,
    mode: { type: String, required: true },
    usual: { type: [String], default: undefined },
    delivery: String,
    drift: String,
    schedule: Schema.Types.Mixed,
    labels: { type: [String], default: [] },
    paused: { type: Boolean, default: false },
    nextRunAt: Date,
    startsFrom: Schema.Types.Mixed,
    fieldsOf: String,
    places: Schema.Types.Mixed,
    moved: Boolean,
    anewSince: Number,
    lastRun: Schema.Types.Mixed,
    lastSuccess: String,
    followed: String,
    timesFollowed: Number,
    reaches: Date,
    revision: { type: Number, default: 1 },
  },
  { collection: 'syncs', timestamps: true, versionKey: false, minimize: false },
);

syncSchema.index({ slug: 1 }, { unique: true, partialFilterExpression: { slug: { $gt: '' } }, name: 'by_slug' });
syncSchema.index({ nextRunAt: 1 }, { partialFilterExpression: { nextRunAt: { $exists: true } }, name: 'due' });
syncSchema.index({ read: 1 }, { partialFilterExpression: { read: 'stream' }, name: 'endless_streams' });
syncSchema.index(
  { 'schedule.after': 1 },
  { partialFilterExpression: { 'schedule.after': { $exists: true } }, name: 'followers' },
);
syncSchema.index({ 'from.connection': 1 });
syncSchema.index({ 'to.connection': 1 });
syncSchema.index({ labels: 1, _id: 1 });
