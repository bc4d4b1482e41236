import { Schema } from 'mongoose';

export const audienceModel = 'Audience';

/** A saved condition over profiles. Who is in it is kept on the profiles (`aud`). */
export interface StoredAudience {
  /** The slug. */
  _id: string;
  name: string;
  description?: string;
  /** As JSON text: nothing that a user wrote is ever part of a query. */
  condition: string;
  /** The revision of all definitions that it came with. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

export const audienceSchema = new Schema<StoredAudience>(
  {
    _id: String,
    name: { type: String, required: true },
    description: String,
    condition: { type: String, required: true },
    revision: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'audiences', versionKey: false },
);
