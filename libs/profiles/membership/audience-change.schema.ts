import { Schema } from 'mongoose';
import type { MembershipChange } from '../store/index.ts';

export const audienceChangeModel = 'AudienceChange';

/** Which audiences somebody entered and left at once. Only ever appended, once for each version of a profile. */
export interface StoredAudienceChange extends MembershipChange {
  /** `<profile>|<version of the profile, in ten digits>` (formerly as it is), and `|defined` where definitions changed, `|merged` where a merge passed membership on. */
  _id: string;
  /** Profile id, as it was then. */
  profile: string;
  /** When it was appended, by the database's clock: readers go on by this. */
  recordedAt: Date;
}

export const audienceChangeSchema = new Schema<StoredAudienceChange>(
  {
    _id: String,
    audiences: { type: [String], required: true },
    left: { type: [String], default: undefined },
    profile: { type: String, required: true },
    v: { type: Number, required: true },
    at: { type: Date, required: true },
    recordedAt: { type: Date, required: true },
    defined: Boolean,
    merged: Boolean,
  },
  { collection: 'audience_changes', versionKey: false },
);

audienceChangeSchema.index({ recordedAt: 1, _id: 1 }); // what was appended since
audienceChangeSchema.index({ audiences: 1, recordedAt: 1, _id: 1 }); // likewise, of one audience
audienceChangeSchema.index({ profile: 1 }); // a person's, to be exported and erased
