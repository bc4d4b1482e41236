import { Schema } from 'mongoose';
import type { KeyHolder } from '#access';
import type { ToldDestination } from '#sync';

export const privacyRequestModel = 'PrivacyRequest';

export const requestKinds = ['export', 'erase', 'restrict'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** `waiting`: for a destination, or for work under way. `lifted`: of what was done, nothing holds any more. */
export const requestStates = ['queued', 'running', 'waiting', 'done', 'lifted'] as const;
export type RequestState = (typeof requestStates)[number];

/** What a person asked for under data protection law, how far it is, and the proof that it was done. */
export interface PrivacyRequest {
  _id: string;
  kind: RequestKind;
  state: RequestState;
  /** HMAC of the identity that was given; of a profile's, where that was. */
  identity: string;
  /** Its kind: email. */
  identityKind: string;
  /** HMACs of all identities by which the person was known then. */
  names?: string[];
  /** Sealed: whom it concerns, as long as there is something to do. */
  subject?: string;
  /** The operator's own reference. */
  reference?: string;
  requestedBy: KeyHolder;
  requestedAt: Date;
  dueAt: Date;
  /** What was done, in order. */
  steps: { name: string; doneAt: Date }[];
  /** By collection, how many documents were erased, exported or restricted. */
  counts: Record<string, number>;
  destinations: ToldDestination[];
  /** What it waits for. */
  reason?: string;
  /** Open ones are taken up from then on. */
  open?: true;
  notBefore: Date;
  /** Fencing: a worker that lost its lease can note nothing. */
  epoch: number;
  leaseUntil: Date;
  finishedAt?: Date;
  liftedAt?: Date;
  /** Of an export: when it is gone. */
  expiresAt?: Date;
  /** HMAC over what is told here of a finished request, so that it cannot be made up later. */
  proof?: string;
}

export const privacyRequestSchema = new Schema<PrivacyRequest>(
  {
    _id: String,
    kind: { type: String, required: true, enum: requestKinds },
    state: { type: String, required: true, enum: requestStates },
    identity: { type: String, required: true },
    identityKind: { type: String, required: true },
    names: { type: [String], default: undefined },
    subject: String,
    reference: String,
    requestedBy: Schema.Types.Mixed,
    requestedAt: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    steps: Schema.Types.Mixed,
    counts: Schema.Types.Mixed,
    destinations: Schema.Types.Mixed,
    reason: String,
    open: Boolean,
    notBefore: { type: Date, required: true },
    epoch: { type: Number, required: true },
    leaseUntil: { type: Date, required: true },
    finishedAt: Date,
    liftedAt: Date,
    expiresAt: Date,
    proof: String,
  },
  { collection: 'privacy_requests', versionKey: false, minimize: false },
);

privacyRequestSchema.index({ open: 1, notBefore: 1 }, { partialFilterExpression: { open: true } });
privacyRequestSchema.index({ open: 1, dueAt: 1 }, { partialFilterExpression: { open: true } });
privacyRequestSchema.index({ identity: 1, _id: -1 });
privacyRequestSchema.index({ names: 1, _id: -1 }, { sparse: true });
privacyRequestSchema.index({ kind: 1, _id: -1 });
privacyRequestSchema.index({ state: 1, _id: -1 });
