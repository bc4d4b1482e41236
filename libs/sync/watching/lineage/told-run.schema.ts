import { Schema } from 'mongoose';
import type { LineageField } from './schema-fields.ts';

/**
 * How far a run has been told as lineage. Written when the run starts, so whoever finds it can tell the rest, also where the process that ended the
 * run died before it could say so.
 */
export interface ToldRun {
  /** The run. */
  _id: string;
  /** Names as they were when the run started: START and COMPLETE have to agree. */
  job: string;
  input: string;
  outputs: string[];
  /** Of the input, where they are known. */
  fields?: LineageField[];
  /** Present until everything is told. */
  open?: true;
  /** START has been told. */
  started?: true;
  /** Failures since something was told. */
  attempts: number;
  /** When there is something to tell, to try again or to look at. */
  notBefore: Date;
  /** A worker is telling; should it die, others may from then on. */
  takenUntil: Date;
  expiresAt: Date;
}

export const toldRunModel = 'ToldRun';

export const toldRunSchema = new Schema(
  {
    _id: String,
    job: String,
    input: String,
    outputs: { type: [String], default: undefined },
    fields: Schema.Types.Mixed,
    open: Boolean,
    started: Boolean,
    attempts: Number,
    notBefore: Date,
    takenUntil: Date,
    expiresAt: { type: Date, required: true },
  },
  { collection: 'lineage_runs', versionKey: false },
);

toldRunSchema.index({ notBefore: 1 }, { partialFilterExpression: { open: true }, name: 'due_lineage' });
toldRunSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
