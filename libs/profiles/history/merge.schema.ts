import { Schema } from 'mongoose';
import type { IdentityKey } from '../identity/index.ts';

export const mergeModel = 'Merge';

/** In place of the key that undid a merge: the records that joined the two do not any more. */
export const givenUp = 'given_up';

/** What made two people one. */
export interface MergeReason {
  /** Keys of the parts that joined them, at most 10. */
  parts: string[];
  /** The identities of these parts that led to different people; none where a record had come to two people. */
  identities: IdentityKey[];
  run: string;
}

/** Two people who became one. Kept for as long as there are profiles: unmerging needs it. */
export interface StoredMerge {
  _id: string;
  /** Id of the profile that went on. */
  into: string;
  /** Id of the profile that ended. */
  absorbed: string;
  at: Date;
  reason: MergeReason;
  /** What the ended profile had: keys of its parts, identities, and profiles that had been merged into it. */
  parts: string[];
  ids: IdentityKey[];
  formerly: string[];
  /** Keys of the parts that the profile which went on had by then. */
  kept: string[];
  undoneAt?: Date;
  /** When the events and orders of the two are to be told apart (again). */
  activityDue?: Date;
  /** Ids of all the people that there are instead, where it is not only `into` and `absorbed`. */
  people?: string[];
  /** Id of the key that undid it, or `given_up`. */
  undoneBy?: string;
}

export const mergeSchema = new Schema(
  {
    _id: String,
    into: { type: String, required: true },
    absorbed: { type: String, required: true },
    at: { type: Date, required: true },
    reason: { type: Schema.Types.Mixed, required: true },
    parts: { type: [String], required: true },
    ids: { type: [String], required: true },
    formerly: { type: [String], required: true },
    kept: { type: [String], required: true },
    undoneAt: Date,
    undoneBy: String,
    people: { type: [String], default: undefined },
    activityDue: Date,
  },
  { collection: 'merges', versionKey: false, minimize: false },
);

mergeSchema.index({ into: 1, at: -1, _id: -1 }); // who was merged into a person, newest first
mergeSchema.index({ absorbed: 1, at: -1, _id: -1 }); // where a person went
mergeSchema.index({ activityDue: 1 }, { sparse: true }); // of whom events and orders are still to be told apart
