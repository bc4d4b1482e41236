import { Schema } from 'mongoose';

export const profileSettingModel = 'ProfileSetting';

/** One revision of a setting that operators change at run time. Revisions are added and never changed: the greatest one holds. */
export interface StoredProfileSetting {
  /** `<name>/<revision>` */
  _id: string;
  name: string;
  /** From 1; 0 is the default, which is not stored. */
  revision: number;
  value: unknown;
  at: Date;
  /** Id of the key that set it. */
  by: string;
}

export const profileSettingSchema = new Schema<StoredProfileSetting>(
  {
    _id: String,
    name: { type: String, required: true },
    revision: { type: Number, required: true },
    value: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
  },
  { collection: 'profile_settings', versionKey: false, minimize: false },
);

profileSettingSchema.index({ name: 1, revision: -1 }, { unique: true }); // the one that holds
