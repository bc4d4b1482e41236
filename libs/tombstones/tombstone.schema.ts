import { Schema } from 'mongoose';

export const tombstoneModel = 'Tombstone';

/** A choice against being written to that outlives the person's data. */
export interface KeptOptOut {
  channel: string;
  purpose: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Says that an identity, or a source record, belonged to somebody who was erased. It names nobody: all there is is a keyed hash. */
export interface Tombstone {
  /** HMAC of the identity or the record. */
  _id: string;
  of: 'identity' | 'record';
  /** The requests that erased the person and are not lifted (one alone: stored before 29 November 2026), or the last one that was. */
  request: string | string[];
  optOuts?: KeptOptOut[];
  at: Date;
  /** The person may be imported again; the opt-outs stay. */
  liftedAt?: Date;
}

export const tombstoneSchema = new Schema<Tombstone>(
  {
    _id: String,
    of: { type: String, required: true },
    request: { type: Schema.Types.Mixed, required: true },
    optOuts: Schema.Types.Mixed,
    at: { type: Date, required: true },
    liftedAt: Date,
  },
  { collection: 'tombstones', versionKey: false },
);

tombstoneSchema.index({ request: 1 });
