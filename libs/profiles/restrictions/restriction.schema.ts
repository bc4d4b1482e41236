import { Schema } from 'mongoose';
import type { IdentityKey } from '../identity/index.ts';

export const restrictionModel = 'Restriction';

/** The data of whoever has this identity is kept, but not used. */
export interface Restriction {
  _id: IdentityKey;
  /** The request that asked for it. */
  request: string;
  since: Date;
}

export const restrictionSchema = new Schema<Restriction>(
  { _id: String, request: { type: String, required: true }, since: { type: Date, required: true } },
  { collection: 'restrictions', versionKey: false },
);

restrictionSchema.index({ request: 1 });
