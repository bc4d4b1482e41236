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
  /** Raised by every change, of the name and the description too; absent in those from before it was counted. */
  edition?: number;
  createdAt: Date;
  updatedAt: Date;
}

export function editionOf({ edition = 1 }: Pick<StoredAudience, 'edition'>): number {
  return edition;
}

export const audienceSchema = new Schema<StoredAudience>(
  {
    _id: String,
    name: { type: String, required: true },
    description: String,
    condition: { type: String, required: true },
    revision: { type: Number, required: true },
    edition: Number,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'audiences', versionKey: false },
);
