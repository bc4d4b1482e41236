import { Schema } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';

export const triggerModel = 'Trigger';

export interface TroubledFiring {
  at: Date;
  firing: string;
}

/** So many of a clock hour's firings do not count any more towards `limits.perHour`: somebody has looked and resumed. */
export interface LetPass {
  hour: Date;
  sent: number;
}

/** How the action of a trigger goes just now; no part of what people say that it should be. */
export interface TriggerHealth {
  /** Failures since it last worked. */
  failures: number;
  /** The first of them. */
  failingSince?: Date;
  /** Until then nothing is tried: the other side is down. */
  restUntil?: Date;
  /** The last failure. What the other side said is at the firing: it may name the person. */
  lastError?: TroubledFiring & { code: ErrorCode };
  /** The last firing that was given up, unless such ones are tried again. */
  givenUp?: TroubledFiring & { code: ErrorCode };
  /** The last firing that was held, unless such ones are tried again. */
  heldFiring?: TroubledFiring;
  lastSentAt?: Date;
  /** Too much happened: nothing fires until somebody resumes it. */
  held?: { at: Date; reason: string };
  passed?: LetPass;
  /** The run that it started last, and when. */
  lastRun?: { id: string; startedAt: Date };
}

export interface StoredTrigger {
  /** The slug. */
  _id: string;
  name: string;
  description?: string;
  /** The definition without secrets, as JSON text: nothing that a user wrote is ever part of a query. */
  definition: string;
  /** The webhook's signing secret, sealed for `trigger:<slug>`. */
  sealed?: string;
  secretsSet: string[];
  paused: boolean;
  /** Causes of before do not fire. */
  activeSince: Date;
  health: TriggerHealth;
  /** Raised by every change of what it does. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

export const triggerSchema = new Schema<StoredTrigger>(
  {
    _id: String,
    name: { type: String, required: true },
    description: String,
    definition: { type: String, required: true },
    sealed: String,
    secretsSet: { type: [String], default: [] },
    paused: { type: Boolean, required: true },
    activeSince: { type: Date, required: true },
    health: { type: Schema.Types.Mixed, required: true },
    revision: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'triggers', versionKey: false, minimize: false },
);
