import { Schema } from 'mongoose';
import type { Json } from '@millrace/sdk';
import type { Part } from '../folding/index.ts';
import type { IdentityKey } from '../identity/index.ts';

export const partChangeModel = 'PartChange';

/**
 * A version of a part that was replaced. What a person was at a moment is the profile of now with everything undone that came later. Entries
 * say what a part was before, which stays true whoever won a race; so one that a dead writer left behind harms nothing.
 */
export interface StoredPartChange {
  _id: string;
  /** Profile id. */
  p: string;
  /** The version of the profile that began with this. */
  v: number;
  at: Date;
  /** The part. */
  k: string;
  /** Null: the profile did not have this part. */
  before: Part | null;
  /** Traits that the record says anew; null: no longer. Absent where no record said anything: parts that moved with a merge or a split. */
  t?: Record<string, Json>;
  /** The identities that it names since, where they changed. */
  i?: IdentityKey[];
  /** The run that wrote it. */
  b?: string;
  expiresAt: Date;
}

export const partChangeSchema = new Schema(
  {
    _id: String,
    p: { type: String, required: true },
    v: { type: Number, required: true },
    at: { type: Date, required: true },
    k: { type: String, required: true },
    before: Schema.Types.Mixed,
    t: Schema.Types.Mixed,
    i: { type: [String], default: undefined },
    b: String,
    expiresAt: { type: Date, required: true },
  },
  { collection: 'part_history', versionKey: false, minimize: false },
);

partChangeSchema.index({ p: 1, at: -1, _id: -1 }); // a person's changes, newest first
// Who gave an identity up: few changes are of identities.
partChangeSchema.index({ 'before.i': 1 }, { partialFilterExpression: { i: { $exists: true } } });
partChangeSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
