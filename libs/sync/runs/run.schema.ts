import { Schema } from 'mongoose';
import type { Condition, CursorWindow, ErrorCode, Json, Mapping, WriteMode } from '@millrace/sdk';
import type { Delivery, DriftPolicy, ReadMode, SyncFrom, SyncTo } from '../syncs/sync.schema.ts';
import type { SpanPlace } from '#platform';
import type { FieldDrift } from '../drift/field-drift.ts';
import type { ToldLags } from '../lag/lag.ts';
import type { Account } from './ledger.ts';

/**
 * queued → running → succeeded | failed | cancelled. `held` waits for an operator's approval. A run is `active` until it has ended; a sync has
 * one active run at most.
 */
export type RunState = 'queued' | 'running' | 'held' | 'succeeded' | 'failed' | 'cancelled';
export type RunTrigger = 'manual' | 'schedule' | 'sync' | 'retry' | 'chain' | 'trigger';

/** What an operator has to let pass before the run goes on. */
export type Hold = 'deletions' | 'drift';

/** Rows that were refused before, mapped again with the mapping of now: of a run, with a code, or these. */
export interface Replay {
  run?: string;
  code?: ErrorCode;
  ids?: string[];
}

/** What the run does, frozen when it was made: later changes of the sync or its connections do not reach it. */
export interface RunPlan {
  from: SyncFrom;
  to: SyncTo;
  outputs?: Record<string, Mapping>;
  filter?: Condition;
  read: ReadMode;
  mode: WriteMode;
  /** Subscribers of an endless stream (absent: one). */
  consumers?: number;
  delivery: Delivery;
  drift: DriftPolicy;
  /** Everything is read, once. */
  full?: boolean;
  /** Only rows whose cursor lies in it; leaves where the next run starts alone. */
  window?: CursorWindow;
  replay?: Replay;
  /** Rows are sent again even where the destination has them just so. */
  resend?: boolean;
  /** Where it starts (absent: everything is read). */
  startsFrom?: Json;
  syncRevision: number;
  fromConnector: string;
  fromRevision: number;
  /** Where the connection led; absent: of a run that an older version made. */
  fromPlace?: number;
  fromVersion: string;
  toConnector: string;
  toRevision: number;
  toPlace?: number;
  toVersion: string;
}

export interface RunError {
  code: ErrorCode;
  message: string;
  /** Id of the connection that it came from, where one of the two did. */
  connection?: string;
}

/** Something odd about a run that did not stop it: codes are stable, alerts rely on them. */
export interface RunNotice {
  code: 'nothing_read' | 'all_rejected' | 'stray_cursor' | 'drift';
  message: string;
}

/** One process has fewer subscribers than another: it asks it for one. */
export interface WantedSubscriber {
  /** The subscriber's slice. */
  slice: string;
  /** The process that asks, by the name that it has in slices. */
  by: string;
  /** Afterwards nobody waits for it any more. */
  until: Date;
}

export interface Run extends Account {
  _id: string;
  sync: string;
  /** Present (true) until the run has ended. */
  active?: true;
  state: RunState;
  reason?: string;
  error?: RunError;
  notices?: RunNotice[];
  trigger: RunTrigger;
  /** The span of the request that started it, where there are traces. */
  startedIn?: Pick<SpanPlace, 'trace' | 'span'>;
  /** When it was due, if a schedule started it. */
  scheduledFor?: Date;
  plan: RunPlan;
  /** Frozen: rows that change later belong to the next run. */
  until: Date;
  /** Expected rows, where the source can tell. */
  expected?: number;
  cancelRequested?: boolean;
  /** Workers leave the run's slices alone until it is resumed. */
  paused?: boolean;
  /** It learns the fields of its source silently: none are known yet. */
  learnsFields?: boolean;
  /** Changes of the source's fields that it met; bounded. */
  drift?: FieldDrift[];
  /** The subscribers of an endless stream end, so that the run can be closed. */
  closing?: boolean;
  /** Counts how often a lane was taken: gives the terms of lanes' holders. */
  terms?: number;
  /** Of an endless stream: the subscriber that another process asks for just now. */
  wanted?: WantedSubscriber;
  /** Of an endless stream: how far its subscribers are behind. */
  lag?: ToldLags;
  /** Likewise, at the worst. */
  maxLagSeconds?: number;
  /** Why it is held. */
  hold?: Hold;
  /** What an operator let pass. */
  approved?: Hold[];
  /** Fencing: a conductor that lost its lease can write nothing. */
  epoch: number;
  leaseUntil?: Date;
  /** The process that leads it, or did last. */
  worker?: string;
  /** Failures of planning in a row. */
  attempts: number;
  notBefore?: Date;
  /** Its slices and its log are still kept. */
  detailed?: true;
  createdAt: Date;
  startedAt?: Date;
  endedAt?: Date;
}

/** Whether it reads all that there is (or all that is new), not a window or rows that were refused before. */
export function isWhole({ plan }: Pick<Run, 'plan'>): boolean {
  return !plan.window && !plan.replay;
}

/** Whether the run follows an endless stream: it is a link of a chain, not a read with an end of its own. */
export function isSubscription(run: Pick<Run, 'plan'>): boolean {
  return run.plan.read === 'stream' && isWhole(run);
}

/** Whether it waits for an operator: for approval, or because somebody paused it. */
export function isResting({ state, paused }: Pick<Run, 'state' | 'paused'>): boolean {
  return state === 'held' || paused === true;
}

const counts = { type: Schema.Types.Mixed, default: {} };

export const runSchema = new Schema(
  {
    _id: String,
    sync: { type: String, required: true },
    active: Boolean,
    state: { type: String, required: true },
    reason: String,
    error: Schema.Types.Mixed,
    notices: Schema.Types.Mixed,
    trigger: String,
    startedIn: { type: Schema.Types.Mixed, default: undefined },
    scheduledFor: Date,
    plan: Schema.Types.Mixed,
    until: Date,
    expected: Number,
    cancelRequested: Boolean,
    paused: Boolean,
    learnsFields: Boolean,
    drift: { type: Schema.Types.Mixed, default: undefined },
    closing: Boolean,
    terms: Number,
    wanted: { type: Schema.Types.Mixed, default: undefined },
    lag: Schema.Types.Mixed,
    maxLagSeconds: Number,
    hold: String,
    approved: { type: [String], default: undefined },
    epoch: { type: Number, default: 0 },
    leaseUntil: Date,
    worker: String,
    attempts: { type: Number, default: 0 },
    notBefore: Date,
    ledger: counts,
    effects: counts,
    detailed: Boolean,
    createdAt: Date,
    startedAt: Date,
    endedAt: Date,
  },
  { collection: 'runs', versionKey: false, minimize: false },
);

runSchema.index(
  { sync: 1 },
  { unique: true, partialFilterExpression: { active: true }, name: 'one_active_run_a_sync' },
);
runSchema.index(
  { sync: 1, scheduledFor: 1 },
  { unique: true, partialFilterExpression: { scheduledFor: { $type: 'date' } }, name: 'one_run_a_due_time' },
);
runSchema.index({ active: 1, _id: 1 }, { partialFilterExpression: { active: true }, name: 'active_runs_by_id' });
runSchema.index({ sync: 1, _id: -1 });
runSchema.index({ state: 1, _id: -1 });
runSchema.index({ sync: 1, createdAt: -1 });
runSchema.index({ createdAt: -1 });
runSchema.index({ endedAt: 1 });
runSchema.index({ detailed: 1, endedAt: 1 }, { partialFilterExpression: { detailed: true } });

/** What is told of its state: one that rests is kept in the state in which it goes on. */
export function toldState({ state, active, paused }: Pick<Run, 'state' | 'active' | 'paused'>): RunState | 'paused' {
  return active && paused ? 'paused' : state;
}
