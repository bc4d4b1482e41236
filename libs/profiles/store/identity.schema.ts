import { Schema } from 'mongoose';
import type { IdentityKey } from '../identity/index.ts';

export const identityModel = 'Identity';

/** Whose an identity is. Searching by the start of an identity is a range of `_id`: no other index is needed. */
export interface StoredIdentity {
  _id: IdentityKey;
  /** Id of the profile. */
  p: string;
}

export const identitySchema = new Schema<StoredIdentity>(
  { _id: String, p: { type: String, required: true } },
  { collection: 'identities', versionKey: false },
);
