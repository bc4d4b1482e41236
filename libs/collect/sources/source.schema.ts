import { Schema } from 'mongoose';

export const sourceModel = 'CollectingSource';

/** A write key as it is stored: the key itself only as a hash. */
export interface StoredWriteKey {
  id: string;
  /** SHA-256 of the key, hex. */
  hash: string;
  createdAt: Date;
}

/** A web site, an app or a server that sends what happens there. */
export interface Source {
  _id: string;
  /** The operator's own id. */
  slug?: string;
  name: string;
  writeKeys: StoredWriteKey[];
  /** Origins whose pages may send in a browser; none: all. */
  origins: string[];
  /** Raised by every change of what is said of it; absent: not changed since changes were counted. */
  revision?: number;
  createdAt: Date;
}

export const sourceSchema = new Schema<Source>(
  {
    _id: String,
    slug: String,
    name: { type: String, required: true },
    writeKeys: { type: Schema.Types.Mixed, default: [] },
    origins: { type: [String], default: [] },
    revision: Number,
    createdAt: { type: Date, required: true },
  },
  { collection: 'sources', versionKey: false },
);

sourceSchema.index({ slug: 1 }, { unique: true, partialFilterExpression: { slug: { $gt: '' } }, name: 'by_slug' });
sourceSchema.index(
  { 'writeKeys.hash': 1 },
  { unique: true, partialFilterExpression: { 'writeKeys.hash': { $exists: true } } },
);
