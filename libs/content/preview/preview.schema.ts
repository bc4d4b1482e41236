import { Schema } from 'mongoose';

/** A previewed mail, kept as long as its link is good. */
export interface StoredPreview {
  _id: string;
  /** Whose data is in it, so that erasing a person finds it; absent for made-up people. */
  profile?: string;
  /** The previewed mail as JSON, deflated: nothing in it is searched for, and its hundreds of tokens are much alike. */
  zip: Buffer;
  expiresAt: Date;
}

export const previewModel = 'Preview';

export const previewSchema = new Schema<StoredPreview>(
  { _id: String, profile: String, zip: Buffer, expiresAt: { type: Date, required: true } },
  { collection: 'previews', versionKey: false, minimize: false },
);

previewSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
previewSchema.index({ profile: 1 });
