import { Schema } from 'mongoose';

export const newRecordPagesModel = 'NewRecordPages';

/** How many pages brought records of a stream that nobody had, whichever process wrote them. */
export interface NewRecordPages {
  /** `partPrefix` of the stream. */
  _id: string;
  pages: number;
}

export const newRecordPagesSchema = new Schema<NewRecordPages>(
  { _id: String, pages: { type: Number, required: true } },
  { collection: 'new_record_pages', versionKey: false },
);
