import { Schema } from 'mongoose';

export const inboxLaneModel = 'InboxLane';

/**
 * What one process writes into the inbox, group after group: so the items of a lane become visible in the order of their numbers, and a reader
 * that knows a number knows that nothing turns up below it.
 */
export interface InboxLane {
  _id: string;
  /** Every item up to this number is durable. */
  confirmed: number;
  /** When its writer last lived, by the clock of the database. */
  seenAt: Date;
  /** After its last item is gone. */
  expiresAt: Date;
}

export const inboxLaneSchema = new Schema<InboxLane>(
  {
    _id: String,
    confirmed: { type: Number, required: true },
    seenAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'inbox_lanes', versionKey: false },
);

inboxLaneSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
