import { Schema } from 'mongoose';

export const keyMarkModel = 'KeyMark';

/** By which the key of the first start is known again. */
export interface KeyMark {
  _id: 'master-key';
  /** A keyed hash. */
  mark: string;
  at: Date;
}

export const keyMarkSchema = new Schema<KeyMark>(
  { _id: String, mark: { type: String, required: true }, at: { type: Date, required: true } },
  { collection: 'key_marks', versionKey: false },
);
