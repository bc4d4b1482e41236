import type { Run } from '../runs/run.schema.ts';
import type { SliceDocument } from '../runs/slice.schema.ts';

/** How the active run of an endless stream is doing. */
export interface Listening {
  since: Date;
  rows: number;
  lastRowAt?: Date;
  /** Records of the source that have not arrived; absent: nobody counts them. */
  waiting?: number;
  /** A subscriber that failed, and tries again then. */
  trouble?: { message: string; at: Date };
}

type Subscriber = Pick<SliceDocument, 'ledger' | 'lastRowAt' | 'state' | 'error' | 'notBefore'>;

export function listeningOf(
  { startedAt }: Pick<Run, 'startedAt'>,
  subscribers: Subscriber[],
  waiting?: number,
): Listening | undefined {
  if (!startedAt) return undefined;
  const failed = subscribers.find(({ state, error, notBefore }) => state === 'pending' && error && notBefore);
  const times = subscribers.flatMap(({ lastRowAt }) => lastRowAt?.getTime() ?? []);
  return {
    since: startedAt,
    rows: subscribers.reduce((sum, { ledger }) => sum + ledger.read, 0),
    ...(waiting !== undefined && { waiting }),
    ...(times.length > 0 && { lastRowAt: new Date(Math.max(...times)) }),
    ...(failed?.error && failed.notBefore && { trouble: { message: failed.error.message, at: failed.notBefore } }),
  };
}

export function listeningText({ since, rows, lastRowAt, waiting = 0 }: Listening): string {
  const last = lastRowAt ? `, the last one at ${lastRowAt.toISOString()}` : '';
  const behind = waiting > 0 ? `; ${waiting} more ${waiting === 1 ? 'waits' : 'wait'}` : '';
  return `Listening since ${since.toISOString()}; ${rows} ${rows === 1 ? 'row' : 'rows'} so far${last}${behind}.`;
}
