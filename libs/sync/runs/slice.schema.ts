import { Schema } from 'mongoose';
import type { Json } from '@millrace/sdk';
import type { Account } from './ledger.ts';
import type { RunError } from './run.schema.ts';

export type SliceState = 'pending' | 'working' | 'done' | 'failed' | 'cancelled';

/** Where a slice's pages come from: the source, unless it says otherwise. */
export type SliceOrigin = 'source' | 'removals' | 'rejects' | 'subscription';

/** What a subscriber's document says of a lane. */
export interface LaneState {
  /** Of the last page that this subscriber has committed. */
  resume?: Json;
  /** In which term that was; the greatest of all subscribers is the newest. */
  term?: number;
  /** Terms below are over: the lane was given to another subscriber. */
  below?: number;
}

/** A part of a run that is read on its own, by one worker at a time. Progress and counts are one update of this document. */
export interface SliceDocument extends Account {
  _id: string;
  run: string;
  /** Place among the run's slices: orders rows of different slices. */
  ordinal: number;
  /** Epoch of the run under which it was planned. */
  planEpoch?: number;
  id: string;
  spec: Json;
  origin?: SliceOrigin;
  weight?: number;
  state: SliceState;
  /** Where the slice goes on (absent: at its start). */
  resume?: Json;
  /** The source has given its last page; batches may still be open. */
  readThrough?: boolean;
  /** Ids of the batches whose rows are read, but not all accounted for, in the order of reading. */
  batches?: string[];
  /** Of a subscriber: what it knows of its lanes, by `laneField`. */
  lanes?: Record<string, LaneState>;
  /** Of a subscriber among several: the `laneField` of the page that it is writing. */
  writing?: string;
  /** Of a subscriber with open `batches`: the lane that their page came from (its `laneField`), and where that page began (absent: nothing before it). */
  undelivered?: { lane: string; from?: Json };
  /** Of a subscriber: when its last row was committed. */
  lastRowAt?: Date;
  /** The greatest cursor value seen. */
  cursor?: string | number;
  /** One that the next run may not start at. */
  stray?: string | number;
  /** Raised by every claim; a commit names the epoch that it belongs to. */
  epoch: number;
  leaseUntil?: Date;
  worker?: string;
  /** The process that may take it up before `notBefore`. */
  promisedTo?: string;
  notBefore?: Date;
  /** Failures in a row, and since when. */
  attempts: number;
  /** Workers that went silent since the last page that was committed. */
  takeovers?: number;
  failingSince?: Date;
  error?: RunError;
  updatedAt: Date;
}

const counts = { type: Schema.Types.Mixed, default: {} };

export const sliceSchema = new Schema(
  {
    _id: String,
    run: { type: String, required: true },
    ordinal: Number,
    planEpoch: Number,
    id: String,
    spec: Schema.Types.Mixed,
    origin: String,
    weight: Number,
    state: { type: String, required: true },
    resume: Schema.Types.Mixed,
    readThrough: Boolean,
    batches: { type: [String], default: undefined },
    lanes: Schema.Types.Mixed,
    writing: String,
    undelivered: Schema.Types.Mixed,
    lastRowAt: Date,
    cursor: Schema.Types.Mixed,
    stray: Schema.Types.Mixed,
    ledger: counts,
    effects: counts,
    epoch: { type: Number, default: 0 },
    leaseUntil: Date,
    worker: String,
    promisedTo: String,
    notBefore: Date,
    attempts: { type: Number, default: 0 },
    takeovers: Number,
    failingSince: Date,
    error: Schema.Types.Mixed,
    updatedAt: Date,
  },
  { collection: 'slices', versionKey: false, minimize: false },
);

sliceSchema.index({ run: 1, ordinal: 1 });
sliceSchema.index({ run: 1, state: 1, ordinal: 1 });
// What a worker left behind: only slices that still have work.
sliceSchema.index({ state: 1, notBefore: 1 }, { partialFilterExpression: { state: { $in: ['pending', 'working'] } } });
