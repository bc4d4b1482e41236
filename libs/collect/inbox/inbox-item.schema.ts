import { Schema } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';

export const inboxItemModel = 'InboxItem';

/** Something that arrived, as it is kept before it is acknowledged. */
export interface InboxItem {
  /** Hash of source and messageId: recognises a repeat. */
  _id: string;
  /** Id of the source. */
  source: string;
  lane: string;
  /** Its place in the lane. */
  seq: number;
  /** Every item of the lane up to this number was durable when this one was written. */
  durable: number;
  receivedAt: Date;
  /** The message as JSON text: it comes back exactly, whatever its fields are called. */
  json: string;
  /** Why it cannot be read; it is kept all the same, and becomes a reject. */
  fault?: { code: ErrorCode; message: string };
  /** Marks of the identities in it, so that erasure finds it. */
  identities: string[];
  expiresAt: Date;
}

export const inboxItemSchema = new Schema<InboxItem>(
  {
    _id: String,
    source: { type: String, required: true },
    lane: { type: String, required: true },
    seq: { type: Number, required: true },
    durable: { type: Number, required: true },
    receivedAt: { type: Date, required: true },
    json: { type: String, required: true },
    fault: Schema.Types.Mixed,
    identities: [String],
    expiresAt: { type: Date, required: true },
  },
  { collection: 'inbox', versionKey: false, minimize: false },
);

inboxItemSchema.index({ lane: 1, seq: 1 });
inboxItemSchema.index({ identities: 1 });
inboxItemSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
