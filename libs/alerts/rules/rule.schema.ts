import { Schema } from 'mongoose';

/** What may be wrong with a trigger. */
export const triggerKinds = ['triggerFailing', 'triggerHeld'] as const;
/** What may be wrong: with a sync, with a trigger, or with requests of people. */
export const alertKinds = [
  ...(['failed', 'overdue', 'nothingRead', 'rejectShare', 'lag', 'drift', 'held'] as const),
  ...triggerKinds,
  'privacyDue',
] as const;
export type AlertKind = (typeof alertKinds)[number];

export interface RuleConditions {
  failed?: boolean;
  overdue?: boolean;
  nothingRead?: boolean;
  drift?: boolean;
  held?: boolean;
  /** More than this share of a run's rows was rejected. */
  rejectShare?: number;
  /** The data is older than this: `2h`. */
  lag?: string;
  triggerFailing?: boolean;
  triggerHeld?: boolean;
  /** Requests of people are not finished, and near their deadline or past it. */
  privacyDue?: boolean;
}

export function subjectOf(kind: AlertKind): 'sync' | 'trigger' | 'request' {
  if (kind === 'privacyDue') return 'request';
  return triggerKinds.some((one) => one === kind) ? 'trigger' : 'sync';
}

/** Says who is told what about which syncs and triggers. */
export interface AlertRule {
  _id: string;
  slug: string;
  name: string;
  enabled: boolean;
  on: RuleConditions;
  /** Only syncs with one of these labels … */
  labels?: string[];
  /** … and these (ids or slugs); neither: all syncs. */
  syncs?: string[];
  /** Only these triggers (slugs), where it is about triggers; absent: all. */
  triggers?: string[];
  /** Ids or slugs of channels. */
  to: string[];
  /** How long is waited for further syncs before the first message. */
  wait: string;
  /** How often is reminded of what is still open; absent: never. */
  repeat?: string;
  /** Raised by every change; absent at those that were made before there were any: the first. */
  revision?: number;
  createdAt: Date;
  updatedAt: Date;
}

export const ruleModel = 'AlertRule';

export const ruleSchema = new Schema<AlertRule>(
  {
    _id: String,
    slug: { type: String, required: true },
    name: { type: String, required: true },
    enabled: { type: Boolean, required: true },
    on: Schema.Types.Mixed,
    labels: { type: [String], default: undefined },
    syncs: { type: [String], default: undefined },
    triggers: { type: [String], default: undefined },
    to: { type: [String], required: true },
    wait: { type: String, required: true },
    repeat: String,
    revision: Number,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'alert_rules', versionKey: false, minimize: false },
);

ruleSchema.index({ slug: 1 }, { unique: true });
ruleSchema.index({ to: 1 });
