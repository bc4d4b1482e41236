import { Schema } from 'mongoose';
import type { Row } from '@millrace/sdk';
import type { HandedWay } from '../hand-over/index.ts';

export const destinationDeletionModel = 'DestinationDeletion';

/** Somebody was erased here, and a destination that has got a row of theirs is to delete it. Gone as soon as it is told. */
export interface DestinationDeletion {
  /** That of the known row, or handed one, which it was. */
  _id: string;
  request: string;
  /** Whoever handed it over, of a handed row. */
  sync: string;
  /** Of a handed row. Absent: the sync's. */
  way?: HandedWay;
  object: string;
  key: string;
  /** What names the row at the destination. */
  name: Row;
  at: Date;
}

export const destinationDeletionSchema = new Schema(
  {
    _id: String,
    request: { type: String, required: true },
    sync: { type: String, required: true },
    way: { type: Schema.Types.Mixed, default: undefined },
    object: { type: String, required: true },
    key: String,
    name: Schema.Types.Mixed,
    at: { type: Date, required: true },
  },
  { collection: 'destination_deletions', versionKey: false, minimize: false },
);

destinationDeletionSchema.index({ request: 1, sync: 1, object: 1 });
