import { Schema } from 'mongoose';

export const hookModel = 'Webhook';

/** What is known of a connection's webhook beside its deliveries. */
export interface StoredHook {
  /** Id of the connection. */
  _id: string;
  /** It was registered with the vendor under this address. */
  registration?: { url: string; at: Date };
  /** Deliveries that were not let in. */
  refused?: { count: number; lastAt: Date; lastMessage: string };
}

export const hookSchema = new Schema<StoredHook>(
  {
    _id: String,
    registration: { type: new Schema({ url: String, at: Date }, { _id: false }) },
    refused: { type: new Schema({ count: Number, lastAt: Date, lastMessage: String }, { _id: false }) },
  },
  { collection: 'webhooks', versionKey: false },
);
