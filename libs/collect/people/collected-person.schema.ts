import { Schema } from 'mongoose';

export const collectedPersonModel = 'CollectedPerson';

/** What messages have said about a person so far; the profile store is given it as one source record. */
export interface CollectedPerson {
  /** Hash of whom it is about: `user:17`, `anonymous:…`. */
  _id: string;
  /** `Said` as JSON text: its fields may be called anything. Sealed where one of them is a sensitive trait. */
  json: string;
  /** Raised by every write, which filters on the one it read. */
  v: number;
  /** HMACs of the addresses in it, so that erasure finds it. */
  identities?: string[];
  updatedAt: Date;
}

export const collectedPersonSchema = new Schema<CollectedPerson>(
  {
    _id: String,
    json: { type: String, required: true },
    v: { type: Number, required: true },
    identities: { type: [String], default: undefined },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'collected_people', versionKey: false },
);

collectedPersonSchema.index({ identities: 1 }, { sparse: true });
