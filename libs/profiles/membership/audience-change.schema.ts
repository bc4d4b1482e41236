import { Schema } from 'mongoose';

export const audienceChangeModel = 'AudienceChange';

/** Somebody entered or left an audience. Only ever appended, once for each change. */
export interface StoredAudienceChange {
  /** `<profile>|<version of the profile>|<audience>` */
  _id: string;
  audience: string;
  /** Profile id, as it was then. */
  profile: string;
  entered: boolean;
  at: Date;
  /** When it was appended: readers go on by this. */
  recordedAt: Date;
  /** The audience's definition changed, not the person. */
  defined?: true;
}

export const audienceChangeSchema = new Schema<StoredAudienceChange>(
  {
    _id: String,
    audience: { type: String, required: true },
    profile: { type: String, required: true },
    entered: { type: Boolean, required: true },
    at: { type: Date, required: true },
    recordedAt: { type: Date, required: true },
    defined: Boolean,
  },
  { collection: 'audience_changes', versionKey: false },
);

audienceChangeSchema.index({ recordedAt: 1, _id: 1 }); // what was appended since
audienceChangeSchema.index({ audience: 1, recordedAt: 1, _id: 1 }); // likewise, of one audience
audienceChangeSchema.index({ profile: 1 }); // a person's, to be exported and erased
