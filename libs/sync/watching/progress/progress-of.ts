import type { Run } from '../../runs/run.schema.ts';

/** How far a run is. */
export interface Progress {
  /** Over the last seconds; of a run that has ended, over all its time. */
  rowsPerSecond: number;
  /** From 0 to 1; absent where nobody can tell. */
  share?: number;
  /** Absent where nobody can tell. */
  secondsLeft?: number;
  /** Absent once the slices of a run that has ended are removed. */
  slices?: { done: number; of: number };
}

/** What the slices of a run weigh: their own weights, 1 without. */
export interface SliceFigures {
  done: number;
  of: number;
  weightDone: number;
  weight: number;
}

type Followed = Pick<Run, 'state' | 'active' | 'ledger' | 'expected' | 'startedAt' | 'endedAt'> & {
  plan: Pick<Run['plan'], 'read'>;
};

export function progressOf(run: Followed, pace: number, slices: SliceFigures, now = new Date()): Progress {
  const share = shareOf(run, slices);
  const rowsPerSecond = run.active ? pace : meanPace(run);
  const secondsLeft = run.state === 'running' ? secondsFor(run, share, pace, now) : undefined;
  return {
    rowsPerSecond: Math.round(rowsPerSecond * 10) / 10,
    ...(share !== undefined && { share }),
    ...(secondsLeft !== undefined && { secondsLeft: Math.ceil(secondsLeft) }),
    ...(slices.of > 0 && { slices: { done: slices.done, of: slices.of } }),
  };
}

/** An endless stream is never near its end. Else rows read of those expected, or what its slices weigh; a source that counted too few does not make more than the whole. */
function shareOf({ state, ledger, expected, plan }: Followed, slices: SliceFigures): number | undefined {
  if (state === 'succeeded') return 1;
  if (plan.read === 'stream') return undefined;
  if (expected !== undefined && expected > 0) return Math.min(1, ledger.read / expected);
  if (slices.of > 1 && slices.weight > 0) return Math.min(1, slices.weightDone / slices.weight);
  return undefined;
}

function secondsFor(
  { ledger, expected, startedAt }: Followed,
  share: number | undefined,
  pace: number,
  now: Date,
): number | undefined {
  if (share === undefined || share === 0 || pace === 0) return undefined;
  if (expected !== undefined && expected > 0) return Math.max(0, expected - ledger.read) / pace;
  const elapsed = startedAt ? (now.getTime() - startedAt.getTime()) / 1_000 : 0;
  return (elapsed * (1 - share)) / share;
}

function meanPace({ ledger, startedAt, endedAt }: Followed): number {
  if (!startedAt || !endedAt) return 0;
  return ledger.read / Math.max((endedAt.getTime() - startedAt.getTime()) / 1_000, 0.001);
}
