import { Schema } from 'mongoose';
import type { Row } from '@millrace/sdk';

export const destinationDeletionModel = 'DestinationDeletion';

/** Somebody was erased here, and a destination that has got a row of theirs is to delete it. Gone as soon as it is told. */
export interface DestinationDeletion {
  /** That of the known row which it was. */
  _id: string;
  request: string;
  sync: string;
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
    object: { type: String, required: true },
    key: String,
    name: Schema.Types.Mixed,
    at: { type: Date, required: true },
  },
  { collection: 'destination_deletions', versionKey: false, minimize: false },
);

destinationDeletionSchema.index({ request: 1, sync: 1, object: 1 });
