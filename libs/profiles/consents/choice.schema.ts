import { Schema } from 'mongoose';
import type { IdentityKey } from '../identity/index.ts';
import type { ConsentStatement } from './consent.schema.ts';

export const consentChoiceModel = 'ConsentChoice';

/** A choice that was told at some time, whether it counted or not: the history that proves how a permission came about. */
export interface ConsentChoice extends Omit<ConsentStatement, 'a' | 's' | 'o' | 'h'> {
  /** Hash of consent, record, content and time: told again, it is the same. */
  _id: string;
  identity: IdentityKey;
  channel: string;
  purpose: string;
  recordedAt: Date;
}

export const consentChoiceSchema = new Schema(
  {
    _id: String,
    identity: { type: String, required: true },
    channel: { type: String, required: true },
    purpose: { type: String, required: true },
    state: { type: String, required: true },
    at: Date,
    source: String,
    wording: String,
    evidence: Schema.Types.Mixed,
    by: String,
    k: { type: String, required: true },
    b: String,
    recordedAt: { type: Date, required: true },
  },
  { collection: 'consent_choices', versionKey: false, minimize: false },
);

consentChoiceSchema.index({ identity: 1, recordedAt: -1, _id: -1 }); // a person's choices, newest first
