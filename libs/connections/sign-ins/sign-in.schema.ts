import { Schema } from 'mongoose';
import type { KeyHolder } from '#access';

/** Somebody was given the link to a vendor's page, and has not come back yet. */
export interface StoredSignIn {
  /** Hash of its state. */
  _id: string;
  connection: string;
  redirectUri: string;
  /** Who asked for the link. */
  by: KeyHolder;
  expiresAt: Date;
}

export const signInModel = 'SignIn';

export const signInSchema = new Schema<StoredSignIn>(
  {
    _id: String,
    connection: { type: String, required: true },
    redirectUri: { type: String, required: true },
    by: { type: Schema.Types.Mixed, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sign_ins', versionKey: false },
);

signInSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
