import { Schema } from 'mongoose';
import type { Row } from '@millrace/sdk';

/** A row that a destination has, as the engine remembers it. */
export interface KnownRow {
  /** Hash of sync, object and the row's name at the destination. */
  _id: string;
  sync: string;
  object: string;
  /** Names the source record: `PushRow.key`. */
  key: string;
  /** What names it at the destination: the values of the object's key fields. */
  name: Row;
  /** Content hash of the record that the destination acknowledged; `deleted …` where it has removed it. */
  hash?: string;
  /** The last run that read it; of what was replayed, the one that had read it from the source. */
  seen: string;
  /** Where in that run it was read that was written last; absent: it was only read again, or written by a version that did not note it. */
  seq?: number;
  /** ISO time of the change, as the source told it, of what is read in terms (see `RowPlace`), or replayed: it may have been read so. */
  at?: string;
  /** The sync removes what it no longer sees. */
  mirror?: true;
}

/** Where the source told a row: in which run, and where in that. */
export interface RowPlace {
  run: string;
  seq: number;
  /** ISO time of the change, where the source told it. Rows of a stream with several subscribers come in terms: `seq` orders them within one only. */
  at?: string;
}

/** What it was is remembered, but the destination has removed it. */
export const deletedBefore = 'deleted ';

export const isDeleted = ({ hash }: Pick<KnownRow, 'hash'>): boolean => hash?.startsWith(deletedBefore) === true;

export const knownRowSchema = new Schema(
  {
    _id: String,
    sync: { type: String, required: true },
    object: { type: String, required: true },
    key: String,
    name: Schema.Types.Mixed,
    hash: String,
    seen: String,
    seq: Number,
    at: String,
    mirror: Boolean,
  },
  { collection: 'known_rows', versionKey: false, minimize: false },
);

// What a mirror no longer saw, in pages. Other syncs, whose rows are many, do not pay for it.
knownRowSchema.index({ sync: 1, object: 1, mirror: 1, seen: 1, _id: 1 }, { partialFilterExpression: { mirror: true } });
// What the source reports as deleted.
knownRowSchema.index({ sync: 1, object: 1, key: 1 });
