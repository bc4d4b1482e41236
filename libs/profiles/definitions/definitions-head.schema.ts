import { Schema } from 'mongoose';

export const definitionsHeadModel = 'DefinitionsHead';

/** A walk over all profiles that brings them up to date with the definitions. */
export interface Walk {
  /** The revision of the definitions that it brings. */
  revision: number;
  /** It began when every process had seen them. */
  settles: boolean;
  /** The last profile that is done. */
  after?: string;
  /** The newest profile that there was when it began; empty: there was none. Whoever is new since then was written by the definitions. */
  until?: string;
  done: number;
  /** Profiles that there were when it began. */
  total: number;
  startedAt: Date;
}

/** What is common to all computed traits and audiences: one document. */
export interface DefinitionsHead {
  _id: 'head';
  /** Raised by every change of a definition. */
  revision: number;
  changedAt: Date;
  /** All profiles have been brought up to this revision. */
  built: number;
  /** Likewise, after every process had seen it: nothing is left that was written by one that had not. */
  settled: number;
  walk?: Walk;
}

export const definitionsHeadSchema = new Schema<DefinitionsHead>(
  {
    _id: String,
    revision: { type: Number, required: true },
    changedAt: { type: Date, required: true },
    built: { type: Number, required: true },
    settled: { type: Number, required: true },
    walk: { type: Schema.Types.Mixed, default: undefined },
  },
  { collection: 'definitions', versionKey: false },
);
