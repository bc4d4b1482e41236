import { Schema } from 'mongoose';
import type { Json } from '@millrace/sdk';
import { versionFields, type Version } from '#platform';
import type { IdentityKey } from '../identity/index.ts';

export const consentModel = 'Consent';

export type ConsentState = 'granted' | 'denied';

/** A choice as one source record tells it, or one person by a form. Of a record only the newest counts. Short names: see the platform's Version. */
export interface ConsentStatement extends Version {
  /** `<connection>/<stream>/<record>` */
  k: string;
  state: ConsentState;
  /** The time of the choice; absent where the source tells none. */
  at?: Date;
  /** What took the choice: a form, a bounce, a complaint. */
  source?: string;
  /** The version of the wording that the person agreed to. */
  wording?: string;
  evidence?: Json;
  /** Id of the key that recorded it, where somebody did so over the API. */
  by?: string;
  /** Of an undated denial: when its record was first seen to say "granted" since. Its next denial is a new choice. */
  grantedSince?: Date;
}

/**
 * Whether an identity may be written to, on a channel, for a purpose: a fold over what was said of it (see fold-statements.ts), with the statement
 * that counts beside the list. It belongs to the identity, not to the person: no merge or new import revives an address that opted out.
 */
export interface StoredConsent extends ConsentStatement {
  /** `<identity>|<channel>|<purpose>` */
  _id: string;
  v: number;
  identity: IdentityKey;
  /** Where it is not found by the identity alone once a policy reads it otherwise. */
  alike?: string;
  channel: string;
  purpose: string;
  said: ConsentStatement[];
  updatedAt: Date;
}

export const consentSchema = new Schema(
  {
    _id: String,
    v: { type: Number, required: true },
    ...versionFields,
    identity: { type: String, required: true },
    alike: String,
    channel: { type: String, required: true },
    purpose: { type: String, required: true },
    state: { type: String, required: true, enum: ['granted', 'denied'] },
    at: Date,
    source: String,
    wording: String,
    evidence: Schema.Types.Mixed,
    by: String,
    grantedSince: Date,
    k: { type: String, required: true },
    said: { type: Schema.Types.Mixed, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'consents', versionKey: false, minimize: false },
);

consentSchema.index({ identity: 1 }); // what a person's identities allow
consentSchema.index({ alike: 1 }, { sparse: true }); // refusals of whom a policy makes the same
consentSchema.index({ updatedAt: 1, _id: 1 }); // what changed since the last run of a sync

export function consentId(identity: IdentityKey, channel: string, purpose: string): string {
  return `${identity}|${channel}|${purpose}`;
}
