import { Schema } from 'mongoose';

/** The trouble that a connection has, told by the slices that met it. */
export interface Circuit {
  /** Id of the connection. */
  _id: string;
  failures: number;
  /** Nobody asks before. */
  until: Date;
  message: string;
}

export const circuitSchema = new Schema(
  { _id: String, failures: Number, until: Date, message: String },
  { collection: 'circuits', versionKey: false },
);
