import { Schema } from 'mongoose';

/** A previewed mail, kept as long as its link is good. */
export interface StoredPreview {
  _id: string;
  /** Whose data is in it, so that erasing a person finds it; absent for made-up people. */
  profile?: string;
  /** The previewed mail as JSON: nothing in it is searched for, and it has hundreds of tokens. */
  json: string;
  expiresAt: Date;
}

export const previewModel = 'Preview';

export const previewSchema = new Schema<StoredPreview>(
  { _id: String, profile: String, json: String, expiresAt: { type: Date, required: true } },
  { collection: 'previews', versionKey: false, minimize: false },
);

previewSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
previewSchema.index({ profile: 1 });
