import { Schema } from 'mongoose';
import { versionFields, type Version } from '#platform';

export const orderDeletionModel = 'OrderDeletion';

/** That a record of an order or of a line was deleted, by its key alone: it may come later, in an older version. */
export interface OrderDeletion extends Version {
  /** The record, as in parts. */
  _id: string;
  v: number;
  d: true;
  expiresAt: Date;
}

export const orderDeletionSchema = new Schema(
  {
    _id: String,
    v: { type: Number, required: true },
    ...versionFields,
    expiresAt: { type: Date, required: true },
  },
  { collection: 'order_deletions', versionKey: false },
);

orderDeletionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
