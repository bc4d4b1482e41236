import { Schema } from 'mongoose';

/** One revision of a setting that people change at run time. Revisions are added and never changed: the greatest one holds. */
export interface StoredSetting {
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

export function settingSchema(collection: string): Schema<StoredSetting> {
  const schema = new Schema<StoredSetting>(
    {
      _id: String,
      name: { type: String, required: true },
      revision: { type: Number, required: true },
      value: { type: Schema.Types.Mixed, required: true },
      at: { type: Date, required: true },
      by: { type: String, required: true },
    },
    { collection, versionKey: false, minimize: false },
  );
  return schema.index({ name: 1, revision: -1 }, { unique: true }); // the one that holds
}
