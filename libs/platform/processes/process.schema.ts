import { Schema } from 'mongoose';
import type { ProcessKind } from '../settings/index.ts';

export const processModel = 'Process';

/** A process of this installation that lives, or did a moment ago. */
export interface LivingProcess {
  _id: string;
  host: string;
  pid: number;
  kinds: ProcessKind[];
  /** The newest migration that it knows: 0 as long as it has not asked. */
  migration: number;
  startedAt: Date;
  seenAt: Date;
}

/** Milliseconds between two signs of life. */
export const beat = 10_000;
const forgottenAfterSeconds = 3_600;

export const processSchema = new Schema(
  { _id: String, host: String, pid: Number, kinds: [String], migration: Number, startedAt: Date, seenAt: Date },
  { collection: 'processes', versionKey: false },
);

processSchema.index({ seenAt: 1 }, { expireAfterSeconds: forgottenAfterSeconds });
