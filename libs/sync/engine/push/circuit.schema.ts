import { Schema } from 'mongoose';

/** The trouble that a connection has, told by the slices that met it. */
export interface Circuit {
  /** Id of the connection. */
  _id: string;
  /** Of the connection as it met the trouble: what was changed since may have mended it. */
  revision: number;
  failures: number;
  /** Nobody asks before. */
  until: Date;
  message: string;
}

export const circuitSchema = new Schema(
  { _id: String, revision: Number, failures: Number, until: Date, message: String },
  { collection: 'circuits', versionKey: false },
);
