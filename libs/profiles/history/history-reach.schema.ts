import { Schema } from 'mongoose';

export const historyReachModel = 'HistoryReach';

/** How far back what people were is known. */
export interface StoredHistoryReach {
  _id: 'history';
  /** Changes of before this moment were removed before they had to be. */
  from?: Date;
  /** Days that changes are kept now. */
  days?: number;
  /** Changes of before `until` were kept for fewer days. */
  formerly?: { days: number; until: Date }[];
}

export const historyReachSchema = new Schema<StoredHistoryReach>(
  { _id: String, from: Date, days: Number, formerly: { type: [{ _id: false, days: Number, until: Date }] } },
  { collection: 'history_reach', versionKey: false },
);
