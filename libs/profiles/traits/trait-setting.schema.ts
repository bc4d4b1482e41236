import { Schema } from 'mongoose';

/** What people said of a trait; what the data say of it is in the data map. */
export interface TraitSetting {
  /** The trait's name. */
  _id: string;
  title?: string;
  description?: string;
  /** Who answers for it: a team, a person. */
  owner?: string;
  /** Encrypted in the parts, and masked for those who may not see it. */
  sensitive: boolean;
  /** A value that was said longer ago is outdated: `90d`. */
  freshness?: string;
  /** Raised by every change; absent: not changed since changes were counted. */
  revision?: number;
  createdAt: Date;
  updatedAt: Date;
}

export const traitSettingModel = 'TraitSetting';

export const traitSettingSchema = new Schema(
  {
    _id: String,
    title: String,
    description: String,
    owner: String,
    sensitive: { type: Boolean, required: true },
    freshness: String,
    revision: Number,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'trait_settings', versionKey: false },
);

traitSettingSchema.index({ sensitive: 1 }, { partialFilterExpression: { sensitive: true } }); // asked every few seconds
traitSettingSchema.index({ freshness: 1 }, { partialFilterExpression: { freshness: { $exists: true } } }); // likewise
