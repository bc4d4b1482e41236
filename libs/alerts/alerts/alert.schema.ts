import { Schema } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';
import type { AlertKind } from '../rules/rule.schema.ts';

/** A sync's part in an alert; a trigger's, where the alert is about triggers; that of the late or the other requests, where it is about those. */
export interface AlertedSync {
  /** The sync's id, the trigger's slug, or which requests. */
  sync: string;
  slug?: string;
  name: string;
  /** Names what happened (a run, a due time): the same is never told twice. */
  occasion: string;
  run?: string;
  code?: ErrorCode;
  message: string;
  /** Of requests: how many. */
  count?: number;
  since: Date;
  recoveredAt?: Date;
  /** It has not recovered: it is not watched any more. */
  withdrawn?: true;
}

/** Something is wrong with one sync or trigger, with several for the same cause, or with requests of people. */
export interface Alert {
  _id: string;
  rule: string;
  kind: AlertKind;
  /** What they have in common: a connection, the sync or trigger itself, or that they are requests of people. A rule has one open alert of a kind and group. */
  group: string;
  /** Id of the connection that is the cause. */
  connection?: string;
  state: 'open' | 'recovered';
  open?: true;
  /** Something may still have to be told. */
  unsettled?: true;
  syncs: AlertedSync[];
  /** Raised whenever a sync joins. */
  changes: number;
  /** The last message: how many there were, and how many changes it knew. */
  told?: { at: Date; times: number; changes: number };
  acknowledged?: { at: Date; by: string };
  snoozedUntil?: Date;
  openedAt: Date;
  recoveredAt?: Date;
}

/** An alert lists so many syncs at most. */
export const mostSyncs = 2_000;

const keptDays = 90;

export const alertModel = 'Alert';

export const alertSchema = new Schema<Alert>(
  {
    _id: String,
    rule: { type: String, required: true },
    kind: { type: String, required: true },
    group: { type: String, required: true },
    connection: String,
    state: { type: String, required: true },
    open: Boolean,
    unsettled: Boolean,
    syncs: Schema.Types.Mixed,
    changes: Number,
    told: Schema.Types.Mixed,
    acknowledged: Schema.Types.Mixed,
    snoozedUntil: Date,
    openedAt: Date,
    recoveredAt: Date,
  },
  { collection: 'alerts', versionKey: false, minimize: false },
);

alertSchema.index(
  { rule: 1, kind: 1, group: 1 },
  { unique: true, partialFilterExpression: { open: true }, name: 'one_open_alert_a_group' },
);
alertSchema.index({ open: 1 }, { partialFilterExpression: { open: true }, name: 'open_alerts' });
alertSchema.index({ unsettled: 1, _id: 1 }, { partialFilterExpression: { unsettled: true }, name: 'unsettled_alerts' });
alertSchema.index({ rule: 1, kind: 1, 'syncs.sync': 1, 'syncs.occasion': 1 });
alertSchema.index({ rule: 1, openedAt: -1 }); // when a rule fired last
alertSchema.index({ state: 1, _id: -1 });
alertSchema.index({ 'syncs.sync': 1, _id: -1 });
alertSchema.index({ recoveredAt: 1 }, { expireAfterSeconds: keptDays * 86_400 });
