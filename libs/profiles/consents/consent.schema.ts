import { Schema } from 'mongoose';
import type { Json } from '@millrace/sdk';
import type { Version } from '#platform';
import type { IdentityKey } from '../identity/index.ts';

export const consentModel = 'Consent';

export type ConsentState = 'granted' | 'denied';

/**
 * Whether an identity may be written to, on a channel, for a purpose. It belongs to the identity, not to the person: no merge or new import
 * revives an address that opted out. Short names: see the platform's Version.
 */
export interface StoredConsent extends Version {
  /** `<identity>|<channel>|<purpose>` */
  _id: string;
  v: number;
  identity: IdentityKey;
  channel: string;
  purpose: string;
  state: ConsentState;
  /** The time of the choice; absent where the source tells none. */
  at?: Date;
  evidence?: Json;
  /** `<connection>/<stream>/<record>` */
  k: string;
  updatedAt: Date;
}

export const consentSchema = new Schema(
  {
    _id: String,
    v: { type: Number, required: true },
    a: Number,
    s: Number,
    b: String,
    h: String,
    identity: { type: String, required: true },
    channel: { type: String, required: true },
    purpose: { type: String, required: true },
    state: { type: String, required: true, enum: ['granted', 'denied'] },
    at: Date,
    evidence: Schema.Types.Mixed,
    k: { type: String, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'consents', versionKey: false, minimize: false },
);

consentSchema.index({ identity: 1 }); // what a person's identities allow
