import { Schema } from 'mongoose';

/** Which process does something that one at a time is to do. */
export interface Lease {
  /** What it does. */
  _id: string;
  holder: string;
  /** When another process may take over. */
  until: Date;
}

export function leaseSchema(collection: string): Schema<Lease> {
  return new Schema<Lease>(
    { _id: String, holder: { type: String, required: true }, until: { type: Date, required: true } },
    { collection, versionKey: false },
  );
}
