import { Schema } from 'mongoose';
import type { SourcePriorities } from '../settings/index.ts';

export const refoldModel = 'Refold';

export const refoldKinds = ['priorities', 'identities', 'removal'] as const;

/** Profiles being folded anew in the background. Whoever holds the lease goes on where the last batch was committed. */
export interface StoredRefold {
  _id: string;
  kind: (typeof refoldKinds)[number];
  state: 'open' | 'done';
  /** priorities, identities: the revision of the setting that it makes true. */
  revision?: number;
  /** priorities: what held before, and holds since. */
  before?: SourcePriorities;
  after?: SourcePriorities;
  /** removal: whose records go. */
  connection?: string;
  /** Id of the last profile (identities: consent) that was looked at. */
  place?: string;
  /** Profiles (identities: consents) looked at, and changed. */
  read: number;
  changed: number;
  /** Raised by every claim; commits filter on it. */
  epoch: number;
  leaseUntil?: Date;
  /** Not before: by then every writer goes by the new setting. */
  notBefore: Date;
  createdAt: Date;
  /** Id of the key that asked for it. */
  by: string;
  endedAt?: Date;
}

export const refoldSchema = new Schema(
  {
    _id: String,
    kind: { type: String, required: true, enum: refoldKinds },
    state: { type: String, required: true, enum: ['open', 'done'] },
    revision: Number,
    before: Schema.Types.Mixed,
    after: Schema.Types.Mixed,
    connection: String,
    place: String,
    read: { type: Number, required: true },
    changed: { type: Number, required: true },
    epoch: { type: Number, required: true },
    leaseUntil: Date,
    notBefore: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    by: { type: String, required: true },
    endedAt: Date,
  },
  { collection: 'refolds', versionKey: false, minimize: false },
);

refoldSchema.index({ createdAt: -1, _id: -1 }); // the list
refoldSchema.index({ state: 1, createdAt: 1 }); // what is open, oldest first
refoldSchema.index({ kind: 1, revision: -1 }); // which revision of a setting was made true last
// The last removal of a connection.
refoldSchema.index({ connection: 1, createdAt: -1 }, { partialFilterExpression: { kind: 'removal' } });
// One removal of a connection at a time: asking twice is asking once.
refoldSchema.index({ connection: 1 }, { unique: true, partialFilterExpression: { kind: 'removal', state: 'open' } });
