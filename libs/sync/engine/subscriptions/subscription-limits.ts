import type { Run } from '../../runs/run.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';

/** When a run of an endless stream is closed, so that the next one of its chain begins. */
export interface SubscriptionLimits {
  /** Rows that one subscriber has read. */
  rows: number;
  /** Milliseconds after its start, once there are rows. */
  age: number;
  /** Milliseconds after its start in any case. */
  idle: number;
}

export function isDue(
  { startedAt }: Pick<Run, 'startedAt'>,
  { ledger }: Pick<SliceDocument, 'ledger'>,
  limits: SubscriptionLimits,
  now = Date.now(),
): boolean {
  const age = now - (startedAt?.getTime() ?? now);
  return ledger.read >= limits.rows || age >= (ledger.read > 0 ? limits.age : limits.idle);
}
