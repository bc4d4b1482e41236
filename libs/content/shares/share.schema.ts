import { Schema } from 'mongoose';
import type { ShownMail } from '../preview/index.ts';

/** What a shared link shows: the mail as it was when it was shared, without the story of its tokens. */
export interface SharedMail extends ShownMail {
  html: string;
  /** ISO text: the moment of the mail. */
  clock: string;
}

export interface StoredShare {
  _id: string;
  /** Absent once it was revoked or its person erased. */
  mail?: SharedMail;
  /** Whose data is in it, so that erasing a person finds it; absent for made-up people. */
  profile?: string;
  template: { id: string; name: string; version: number | null; revision: number | null };
  hash: string;
  /** Sensitive traits are shown as a mask. */
  masked: boolean;
  by: { id: string; name: string };
  createdAt: Date;
  expiresAt: Date;
  revokedAt?: Date;
  erasedAt?: Date;
}

export const shareModel = 'Share';

export const shareSchema = new Schema<StoredShare>(
  {
    _id: String,
    mail: { type: Schema.Types.Mixed, default: undefined },
    profile: String,
    template: { type: Schema.Types.Mixed, required: true },
    hash: { type: String, required: true },
    masked: { type: Boolean, required: true },
    by: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    revokedAt: Date,
    erasedAt: Date,
  },
  { collection: 'shares', versionKey: false, minimize: false },
);

shareSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
shareSchema.index({ profile: 1 });
shareSchema.index({ 'template.id': 1, _id: -1 });
