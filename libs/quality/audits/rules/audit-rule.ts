import type { FaultTest } from '../judging/index.ts';

export const faultKinds = [
  'missing',
  'malformed',
  'inconsistent',
  'outdated',
  'duplicate',
  'orphan',
  'consent',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export const severities = ['info', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

export const auditedKinds = ['profile', 'order', 'event', 'product', 'consent'] as const;
export type AuditedKind = (typeof auditedKinds)[number];

export interface AuditRule extends FaultTest {
  /** Names it in URLs. */
  slug: string;
  title: string;
  /** Which records are looked at. */
  of: AuditedKind;
  fault: FaultKind;
  severity: Severity;
  enabled: boolean;
  /** Share of the records that may be faulty, 0 to 1. */
  tolerance: number;
  /** Only records and faults that came from these connections (ids); empty: from any. */
  connections?: string[];
  builtIn: boolean;
}

/** A rule of one's own, without what the server says of it. */
export type OwnRule = Omit<AuditRule, 'slug' | 'builtIn'>;

/** What may be changed of a built-in rule. */
export type RuleLimits = Partial<Pick<AuditRule, 'enabled' | 'severity' | 'tolerance' | 'connections'>>;

/** A rule as it is now. */
export interface AuditRuleState extends AuditRule {
  /** Raised by every change; 0: built in, and nothing was changed. */
  revision: number;
  /** What was changed of a built-in rule. */
  limits?: RuleLimits;
}

/** As it is stored: a rule of one's own, or what is different of a built-in one. */
export interface StoredAuditRule {
  /** The slug. */
  _id: string;
  own?: OwnRule;
  limits?: RuleLimits;
  /** Absent: not changed since changes were counted. */
  revision?: number;
  updatedAt: Date;
}
