import { Schema } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';
import { inboxItemSchema, type InboxItem } from '#collect';

export const deliveryModel = 'WebhookDelivery';

/** A delivery as it is kept: an item of an inbox, whose source is the connection. Its `json` is a `PackedDelivery`. */
export interface StoredDelivery extends InboxItem {
  /** What the vendor calls it, or the hash of its body: recognises a repeat. */
  deliveryId: string;
  /** Of the body. */
  bytes: number;
  /** The source records in it, by the names that parts of profiles have, so that erasure finds what holds no address. */
  records: string[];
  /** What kept it from being understood when it arrived; it is tried again whenever it is read. */
  notUnderstood?: { code: ErrorCode; message: string };
  /** Id of the delivery that this one repeats. */
  replayOf?: string;
}

export const deliverySchema: Schema = inboxItemSchema.clone();
deliverySchema.set('collection', 'webhook_deliveries');
deliverySchema.add({
  deliveryId: { type: String, required: true },
  bytes: { type: Number, required: true },
  records: [String],
  notUnderstood: Schema.Types.Mixed,
  replayOf: String,
});
deliverySchema.index({ source: 1, lane: 1, seq: 1 });
deliverySchema.index({ source: 1, receivedAt: -1, _id: -1 });
deliverySchema.index({ records: 1 });
