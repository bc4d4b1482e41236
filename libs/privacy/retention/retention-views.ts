import { revisionOf } from '#platform';
import { retentionKinds, type RetentionKindName } from './retention-kinds.ts';
import type { RetentionPolicy, RetentionSweep } from './retention-policy.schema.ts';

export interface PolicyView {
  kind: RetentionKindName;
  title: string;
  hint: string;
  enabled: boolean;
  /** Absent: nothing is said, so nothing is removed. */
  days?: number;
  /** Raised by every change; 0: nothing is said. */
  revision: number;
  updatedAt?: string;
  /** Id of the key. */
  updatedBy?: string;
  nextSweepAt?: string;
}

export interface SweepView {
  id: string;
  kind: RetentionKindName;
  days: number;
  before: string;
  startedAt: string;
  endedAt: string;
  looked: number;
  removed: number;
}

export function policyView(kind: RetentionKindName, policy: RetentionPolicy | undefined): PolicyView {
  const { title, hint } = retentionKinds[kind];
  if (!policy) return { kind, title, hint, enabled: false, revision: 0 };
  const { enabled, days, updatedAt, updatedBy, nextSweepAt } = policy;
  return {
    ...{ kind, title, hint, enabled, days, revision: revisionOf(policy) },
    ...{ updatedAt: updatedAt.toISOString(), updatedBy: updatedBy.id },
    ...(enabled && { nextSweepAt: nextSweepAt.toISOString() }),
  };
}

export function sweepView({ _id, before, startedAt, endedAt, ...sweep }: RetentionSweep): SweepView {
  const times = { before: before.toISOString(), startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() };
  return { id: _id, ...sweep, ...times };
}
