import { Schema } from 'mongoose';

/** JSON from elsewhere that mails show. */
export interface StoredFeed {
  /** The slug: `{{feeds.<slug>.…}}`. */
  _id: string;
  name: string;
  url: string;
  /** Request headers by name, as JSON sealed by the vault for `feed:<slug>`. */
  sealed?: string;
  /** Which headers there are. */
  headersSet: string[];
  ttlSeconds: number;
  timeoutMs: number;
  /** JSON text: what mails show while there is nothing better. */
  fallback?: string;
  /** Raised by every change. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

export const feedModel = 'Feed';

export const feedSchema = new Schema<StoredFeed>(
  {
    _id: String,
    name: { type: String, required: true },
    url: { type: String, required: true },
    sealed: String,
    headersSet: { type: [String], default: [] },
    ttlSeconds: { type: Number, required: true },
    timeoutMs: { type: Number, required: true },
    fallback: String,
    revision: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'feeds', versionKey: false },
);

/** The last good answer of a feed, for all processes. */
export interface StoredFeedContent {
  /** The feed's slug. */
  _id: string;
  /** Of the feed when it was asked. */
  revision: number;
  /** When that feed was made: one that is made anew in its place has the same revisions. Absent of answers of former versions of Millrace. */
  feedCreatedAt?: Date;
  /** JSON, at most 1 MB. */
  text: string;
  /** SHA-256 of the value. */
  hash: string;
  at: Date;
}

export const feedContentModel = 'FeedContent';

export const feedContentSchema = new Schema<StoredFeedContent>(
  {
    _id: String,
    revision: { type: Number, required: true },
    feedCreatedAt: Date,
    text: { type: String, required: true },
    hash: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'feed_contents', versionKey: false },
);
