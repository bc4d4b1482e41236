import { Schema } from 'mongoose';
import type { PushContext, Row } from '@millrace/sdk';
import type { KnownPlace } from '../syncs/sync-places.ts';

export const handedRowModel = 'HandedRow';

/** The way of a row that no sync sent. */
export interface HandedWay {
  from: PushContext['from'];
  to: KnownPlace;
}

/** A row that was handed to a destination: it has it, or may have it. */
export interface StoredHandedRow {
  /** Hash of who handed it over, where to, and the row's name there. */
  _id: string;
  /** Who handed it over: `trigger:<slug>`. */
  by: string;
  way: HandedWay;
  object: string;
  /** Names the row where it comes from. */
  key: string;
  /** What names it at the destination: the values of the object's key fields. */
  name: Row;
}

export const handedRowSchema = new Schema<StoredHandedRow>(
  {
    _id: String,
    by: { type: String, required: true },
    way: { type: Schema.Types.Mixed, required: true },
    object: { type: String, required: true },
    key: { type: String, required: true },
    name: Schema.Types.Mixed,
  },
  { collection: 'handed_rows', versionKey: false, minimize: false },
);

handedRowSchema.index({ key: 1 }); // a person's, to be told and erased
