import { Schema } from 'mongoose';

export const purposeModel = 'Purpose';

export const bases = ['consent', 'optOut', 'none'] as const;

/** consent: only after somebody agreed; optOut: unless somebody refused; none: whatever anybody chose (what a contract or the law asks for). */
export type Basis = (typeof bases)[number];

/** What people are written to for. */
export interface StoredPurpose {
  /** Its name in templates and consents. */
  _id: string;
  title: string;
  description?: string;
  /** Titles in other languages, by language (`de`), for the preference page. */
  titles?: Record<string, string>;
  basis: Basis;
  /** Raised by every change; absent: not changed since changes were counted. */
  revision?: number;
  updatedAt: Date;
}

export const purposeSchema = new Schema<StoredPurpose>(
  {
    _id: String,
    title: { type: String, required: true },
    description: String,
    titles: Schema.Types.Mixed,
    basis: { type: String, required: true, enum: bases },
    revision: Number,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'purposes', versionKey: false },
);
