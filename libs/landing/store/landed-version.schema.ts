import { Schema } from 'mongoose';
import { versionFields } from '#platform';
import type { LandedContent } from './landed-row.schema.ts';

export const landedVersionModel = 'LandedVersion';

/** A former version of a row. */
export interface LandedVersion extends LandedContent {
  /** `<row>@<n>` */
  _id: string;
  row: string;
  /** When it is forgotten. */
  expiresAt: Date;
}

export const landedVersionSchema = new Schema(
  {
    _id: String,
    row: { type: String, required: true },
    dataset: { type: String, required: true },
    key: String,
    n: Number,
    ...versionFields,
    json: String,
    bytes: Number,
    landedAt: Date,
    identities: [String],
    gone: Schema.Types.Mixed,
    expiresAt: Date,
  },
  { collection: 'landed_versions', versionKey: false, minimize: false },
);

landedVersionSchema.index({ row: 1, n: -1 });
landedVersionSchema.index({ dataset: 1, bytes: 1 }); // counting
landedVersionSchema.index({ identities: 1 });
landedVersionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
