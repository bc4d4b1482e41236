import { Schema } from 'mongoose';
import type { IdentityKey } from '../identity/index.ts';
import type { Part } from '../folding/index.ts';
import type { Derived } from './derived.ts';

export const profileModel = 'Profile';

/**
 * One person. The parts are the truth; traits and their origins are folded from them when they are read (folding/). What queries need of
 * that is kept beside them: `ids` and `name`.
 */
export interface StoredProfile extends Derived {
  _id: string;
  /** Version: raised by every write, which filters on the one it read. */
  v: number;
  /** Sorted by key. */
  parts: Part[];
  /** Identities, sorted. None: nothing of the person is left. */
  ids: IdentityKey[];
  /** Lower-case name, for searching. */
  name?: string;
  /** Ids of profiles that were merged into this one; events and orders still carry them. */
  absorbed?: string[];
  /** Ids of profiles that this one must never be joined with: an operator has split them. */
  apart?: string[];
  /** Since when its parts do not all share identities: it is to be looked at whether they are several people. */
  looseAt?: Date;
  /** This profile was merged into another and is empty. */
  mergedInto?: string;
  createdAt: Date;
  updatedAt: Date;
}

export const profileSchema = new Schema(
  {
    _id: String,
    v: { type: Number, required: true },
    parts: { type: Schema.Types.Mixed, required: true },
    ids: { type: [String], required: true },
    name: String,
    measures: { type: Schema.Types.Mixed, default: undefined },
    measuredUntil: Date,
    aud: { type: [String], default: undefined },
    dueAt: Date,
    untold: { type: Schema.Types.Mixed, default: undefined },
    changedTraits: { type: Schema.Types.Mixed, default: undefined },
    untoldAt: Date,
    absorbed: { type: [String], default: undefined },
    apart: { type: [String], default: undefined },
    looseAt: Date,
    mergedInto: String,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'profiles', versionKey: false, minimize: false },
);

profileSchema.index({ 'parts.k': 1 }); // the profile that holds a source record, whatever its identities were
profileSchema.index({ updatedAt: 1, _id: 1 }); // what changed since the last run of a sync
profileSchema.index({ name: 1 }, { sparse: true }); // searching by name
profileSchema.index({ aud: 1, _id: 1 }, { partialFilterExpression: { aud: { $exists: true } } }); // members, counted and paged
profileSchema.index({ dueAt: 1 }, { sparse: true }); // whom time alone changes
profileSchema.index({ untoldAt: 1 }, { sparse: true }); // of whom something is still to be told
profileSchema.index({ looseAt: 1 }, { sparse: true }); // whose parts may not belong together any more
