import { Schema } from 'mongoose';

/** The texts of one locale. */
export interface StoredStrings {
  /** A canonical BCP 47 locale: `pt-BR`. */
  _id: string;
  /** Sorted by key; keys have dots, which are no names of fields in MongoDB. */
  texts: { key: string; text: string }[];
  /** SHA-256 of the texts. */
  hash: string;
  revision: number;
  updatedAt: Date;
}

export const stringsModel = 'Strings';

export const stringsSchema = new Schema<StoredStrings>(
  {
    _id: String,
    texts: { type: [{ _id: false, key: String, text: String }], required: true },
    hash: { type: String, required: true },
    revision: { type: Number, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'strings', versionKey: false },
);
