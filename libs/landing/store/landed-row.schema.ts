import { Schema } from 'mongoose';
import type { mongo } from 'mongoose';
import { versionFields, type Version } from '#platform';

export const landedRowModel = 'LandedRow';

/** What is kept of a version of a row. Short names: see the platform's Version. */
export interface LandedContent extends Version {
  dataset: string;
  /** Names the row within its dataset: as a sync without the landing would name it. */
  key: string;
  /** Number of the version, from 1. */
  n: number;
  /** The row as JSON text: it comes back exactly, whatever its fields are called. Of a deleted one `null`. */
  json: string;
  bytes: number;
  landedAt: Date;
  /** HMACs of the identities in it, so that erasure finds it. */
  identities: string[];
  /** Deleted in the source: a tombstone, so that a late row does not bring it back. */
  d?: true;
  /** The values of the key's fields, of a deleted row. */
  gone?: (string | number)[];
}

/** The present version of a row. */
export interface LandedRow extends LandedContent {
  /** `<dataset>/<hash of the key>` */
  _id: string;
  /** Raised by every write, which filters on the one it read. */
  v: number;
  firstLandedAt: Date;
  /** The database's logical time of the last write, of a newer time alone, too: it never goes back, whatever clocks do. */
  changed: mongo.Timestamp;
}

export const landedRowSchema = new Schema(
  {
    _id: String,
    v: Number,
    dataset: { type: String, required: true },
    key: { type: String, required: true },
    n: Number,
    ...versionFields,
    json: String,
    bytes: Number,
    landedAt: Date,
    firstLandedAt: Date,
    changed: Schema.Types.Mixed,
    identities: [String],
    gone: Schema.Types.Mixed,
  },
  { collection: 'landed_rows', versionKey: false, minimize: false },
);

landedRowSchema.index({ dataset: 1, changed: 1, _id: 1, bytes: 1 }); // what changed since; the bytes, so that counting reads the index only
landedRowSchema.index({ identities: 1 });
