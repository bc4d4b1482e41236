import { Schema } from 'mongoose';
import type { ProcessKind } from '#platform';

/** A process of this installation that lives, or did a moment ago. */
export interface LivingProcess {
  _id: string;
  host: string;
  pid: number;
  kinds: ProcessKind[];
  startedAt: Date;
  seenAt: Date;
}

/** Milliseconds between two signs of life. */
export const beat = 10_000;
const forgottenAfterSeconds = 3_600;

export const processSchema = new Schema(
  { _id: String, host: String, pid: Number, kinds: [String], startedAt: Date, seenAt: Date },
  { collection: 'processes', versionKey: false },
);

processSchema.index({ seenAt: 1 }, { expireAfterSeconds: forgottenAfterSeconds });
