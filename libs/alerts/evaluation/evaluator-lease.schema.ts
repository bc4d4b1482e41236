import { Schema } from 'mongoose';

/** Which process evaluates the rules. */
export interface EvaluatorLease {
  _id: 'evaluator';
  holder: string;
  until: Date;
}

export const leaseModel = 'AlertLease';

export const leaseSchema = new Schema<EvaluatorLease>(
  { _id: String, holder: { type: String, required: true }, until: { type: Date, required: true } },
  { collection: 'alert_leases', versionKey: false },
);
