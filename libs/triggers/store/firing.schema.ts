import { Schema } from 'mongoose';
import type { Cause } from '#profiles';

export const firingModel = 'TriggerFiring';

export const firingStates = ['waiting', 'pending', 'sent', 'skipped', 'failed', 'held'] as const;

/**
 * `waiting`: for its time; `pending`: due, or tried again; `sent`: the other side has taken it; `skipped`: it was not to be, see the reason; `failed`:
 * given up; `held`: a limit was passed.
 */
export type FiringState = (typeof firingStates)[number];

/** One firing of a trigger. Its id is made of the trigger and the cause: it is the idempotency key. */
export interface StoredFiring {
  _id: string;
  /** The trigger's slug. */
  trigger: string;
  /** Profile id, as it was when the cause was noted. */
  p: string;
  cause: Cause;
  state: FiringState;
  /** When it is looked at (again). Only while it is open; who takes it moves it on, so that another one takes over should it die. */
  dueAt?: Date;
  /** When it was to fire first. */
  readyAt: Date;
  attempts: number;
  code?: string;
  reason?: string;
  /** What is sent, sealed, from the first attempt on until it was sent or refused: a repeat is the same. */
  sealed?: string;
  /** The same in clear, as JSON text: kept by former versions. */
  payload?: string;
  /** The run that it started. */
  run?: string;
  createdAt: Date;
  settledAt?: Date;
}

const keptDays = 90;

export const firingSchema = new Schema<StoredFiring>(
  {
    _id: String,
    trigger: { type: String, required: true },
    p: { type: String, required: true },
    cause: Schema.Types.Mixed,
    state: { type: String, required: true },
    dueAt: Date,
    readyAt: { type: Date, required: true },
    attempts: { type: Number, required: true },
    code: String,
    reason: String,
    sealed: String,
    payload: String,
    run: String,
    createdAt: { type: Date, required: true },
    settledAt: Date,
  },
  { collection: 'trigger_firings', versionKey: false, minimize: false },
);

firingSchema.index({ trigger: 1, dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } }, name: 'due' });
firingSchema.index({ trigger: 1, createdAt: -1, _id: -1 }); // the history of a trigger
firingSchema.index({ trigger: 1, state: 1, createdAt: -1, _id: -1 });
firingSchema.index({ p: 1, trigger: 1, createdAt: -1, _id: -1 }); // somebody's, to be shown, limited and erased
firingSchema.index({ createdAt: 1 }, { expireAfterSeconds: keptDays * 86_400 });
