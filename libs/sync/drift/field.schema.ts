import { Schema } from 'mongoose';
import type { JsonType } from './json-type.ts';

/** A field that the rows of a sync are known to have. */
export interface KnownField {
  /** `<sync>/<path>` */
  _id: string;
  sync: string;
  path: string;
  /** What it was seen to hold; empty: only null so far. */
  types: JsonType[];
  firstSeen: Date;
  lastSeen: Date;
  /** The run that changed `types` last, what they were before that run (null: it was new), and where it met the change. */
  changedBy: string;
  before: JsonType[] | null;
  example?: string;
  /** The last run that read a row with it. */
  seenBy: string;
  /** Many rows do not have it: its absence says nothing. */
  optional?: true;
}

export const fieldSchema = new Schema(
  {
    _id: String,
    sync: { type: String, required: true },
    path: { type: String, required: true },
    types: [String],
    firstSeen: Date,
    lastSeen: Date,
    changedBy: String,
    before: { type: [String], default: undefined },
    example: String,
    seenBy: String,
    optional: Boolean,
  },
  { collection: 'fields', versionKey: false },
);

fieldSchema.index({ sync: 1, path: 1 });
