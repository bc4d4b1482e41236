import { Schema } from 'mongoose';
import type { IdentityKey } from '../identity/index.ts';

export const restrictionModel = 'Restriction';

/** The data of whoever has this identity is kept, but not used. */
export interface Restriction {
  _id: IdentityKey;
  /** Where it is not found by the identity alone once a policy reads it otherwise. */
  alike?: string;
  /** The requests that ask for it and are not lifted (one alone: stored before 29 November 2026). */
  request: string | string[];
  since: Date;
}

export const restrictionSchema = new Schema<Restriction>(
  {
    _id: String,
    alike: String,
    request: { type: Schema.Types.Mixed, required: true },
    since: { type: Date, required: true },
  },
  { collection: 'restrictions', versionKey: false },
);

restrictionSchema.index({ alike: 1 }, { sparse: true });
restrictionSchema.index({ request: 1 });
