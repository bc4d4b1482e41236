import { emptyLedger, type Ledger } from '../../runs/ledger.ts';
import type { Run, RunState } from '../../runs/run.schema.ts';

/** What a sync did on one day (UTC). */
export interface TrendDay {
  /** `2026-01-05` */
  day: string;
  /** Runs made on that day, by their state. */
  runs: Partial<Record<RunState, number>>;
  ledger: Ledger;
  /** Of the runs that ended well or not. */
  seconds?: { median: number; max: number };
  /** How old the newest data at the destination was at its worst: right before a run brought newer, or as an endless stream told. */
  maxLagSeconds?: number;
}

export type TrendRun = Pick<
  Run,
  'state' | 'createdAt' | 'startedAt' | 'endedAt' | 'until' | 'ledger' | 'maxLagSeconds'
> & {
  /** Whether it brought all that was new. */
  whole: boolean;
};

interface Gathered {
  runs: TrendDay['runs'];
  ledger: Ledger;
  seconds: number[];
  lag?: number;
}

/** Runs by day, the oldest first; days without a run are there, too. */
export class TrendDays {
  private readonly days = new Map<string, Gathered>();
  private reached?: Date;

  /** @param reached up to when the data reached before the first of the runs */
  constructor(from: Date, to: Date, reached?: Date) {
    this.reached = reached;
    for (let at = from.getTime(); dayOf(new Date(at)) <= dayOf(to); at += 86_400_000)
      this.days.set(dayOf(new Date(at)), { runs: {}, ledger: emptyLedger(), seconds: [] });
  }

  /** Takes the runs one by one, in the order in which they were made. */
  add(run: TrendRun): void {
    const day = this.days.get(dayOf(run.createdAt));
    if (!day) return;
    day.runs[run.state] = (day.runs[run.state] ?? 0) + 1;
    for (const column of Object.keys(day.ledger) as (keyof Ledger)[]) day.ledger[column] += run.ledger[column] ?? 0;
    if (run.startedAt && run.endedAt && run.state !== 'cancelled')
      day.seconds.push(secondsBetween(run.startedAt, run.endedAt));
    if (run.maxLagSeconds !== undefined) {
      day.lag = Math.max(day.lag ?? 0, run.maxLagSeconds);
      return;
    }
    if (run.state !== 'succeeded' || !run.endedAt || !run.whole) return;
    if (this.reached) day.lag = Math.max(day.lag ?? 0, secondsBetween(this.reached, run.endedAt));
    this.reached = run.until;
  }

  list(): TrendDay[] {
    return [...this.days].map(([day, { runs, ledger, seconds, lag }]) => ({
      day,
      runs,
      ledger,
      ...(seconds.length > 0 && { seconds: { median: medianOf(seconds), max: greatest(seconds) } }),
      ...(lag !== undefined && { maxLagSeconds: lag }),
    }));
  }
}

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / 1_000);
}

export function medianOf(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

function greatest(numbers: number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), 0);
}
