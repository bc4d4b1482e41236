import { Schema } from 'mongoose';

export const historyStartModel = 'HistoryStart';

/** Changes of before this moment were removed before they had to be: what people were then cannot be told. */
export interface HistoryStart {
  _id: 'history';
  from: Date;
}

export const historyStartSchema = new Schema<HistoryStart>(
  { _id: String, from: { type: Date, required: true } },
  { collection: 'history_starts', versionKey: false },
);
