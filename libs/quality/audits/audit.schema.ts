import { Schema } from 'mongoose';
import type { ResumableWork } from '#platform';
import type { AuditedKind, AuditRule } from './rules/audit-rule.ts';

/** What an audit looks at, one after the other. `groups`: what records have in common, from the keys that were kept of them. */
export const auditPhases = ['profile', 'order', 'event', 'product', 'consent', 'groups'] as const;
export type AuditPhase = (typeof auditPhases)[number];

export interface FaultSource {
  connection: string;
  connectionName?: string;
  stream: string;
  faults: number;
}

/** What one rule found. */
export interface Finding {
  rule: string;
  /** Records that were looked at, and those at fault. */
  looked: number;
  faults: number;
  sources: FaultSource[];
  /** The first faulty records: ids (of consents, keyed hashes), never addresses. */
  samples: { id: string; fields: string[]; with?: string[] }[];
  /** Set at the end, from the audit before: its faults and records; absent if it did not look for the same. */
  before?: { faults: number; looked: number };
}

/** One validation of the whole store. */
export interface Audit extends ResumableWork {
  /** `adt_…` */
  _id: string;
  /** One at a time: a unique index. */
  open: boolean;
  reason: 'asked' | 'schedule';
  /** Id of the key that asked. */
  by?: string;
  phase: AuditPhase;
  position?: string;
  /** About how many profiles there were at its start. */
  profiles: number;
  /** A kind that is absent was not known when the audit began. */
  looked: Partial<Record<AuditedKind, number>>;
  /** The rules as they were at its start. */
  rules: AuditRule[];
  findings: Finding[];
  cancelled?: boolean;
  /** The audit that it is compared with. */
  comparedWith?: string;
  startedAt: Date;
}

export const auditModel = 'DataAudit';

export const auditSchema = new Schema(
  {
    _id: String,
    open: { type: Boolean, required: true },
    reason: { type: String, required: true },
    by: String,
    phase: { type: String, required: true },
    position: String,
    profiles: Number,
    looked: Schema.Types.Mixed,
    rules: Schema.Types.Mixed,
    findings: Schema.Types.Mixed,
    cancelled: Boolean,
    comparedWith: String,
    startedAt: { type: Date, required: true },
    holder: String,
    until: Date,
    endedAt: Date,
  },
  { collection: 'data_audits', versionKey: false, minimize: false },
);

auditSchema.index({ open: 1 }, { unique: true, partialFilterExpression: { open: true } });
