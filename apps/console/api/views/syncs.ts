import type { Mapping, WriteMode } from './connections.ts';
import type { Lag, Ledger } from './runs.ts';

export type SyncState = 'new' | 'running' | 'waiting' | 'held' | 'ok' | 'failed' | 'cancelled' | 'paused' | 'disabled';

/** @schema SyncResponse */
export interface Sync {
  id: string;
  slug?: string;
  name: string;
  state: SyncState;
  reason: string;
  from: SyncFrom;
  to: SyncTo;
  /** Object → mapping; absent: as the stream, or the object, brings it. */
  outputs?: Record<string, Mapping>;
  filter?: object;
  read?: ReadMode;
  consumers?: number;
  mode?: WriteMode;
  delivery?: 'atLeastOnce' | 'atMostOnce';
  drift?: 'ignore' | 'add' | 'pause';
  schedule?: Schedule;
  labels?: string[];
  paused?: boolean;
  /** Raised by every change. */
  revision: number;
  activeRun?: string;
  lastRun?: LastRun;
  nextRunAt?: string;
  /** What the source had changed up to then has arrived. */
  reaches?: string;
  lag?: Lag;
  /** Where the next run starts; absent: it reads everything. */
  startsFrom?: unknown;
}

export type ReadMode = 'full' | 'incremental' | 'stream';

export type Schedule = { cron: string; timeZone?: string } | { every: string } | { after: string };

/** @schema FromDto */
export interface SyncFrom {
  connection: string;
  stream: string;
  key?: string[];
  cursor?: string;
}

/** @schema ToDto */
export interface SyncTo {
  connection: string;
  object?: string;
}

/** @schema LastRunDto */
export interface LastRun {
  id: string;
  state: string;
  endedAt: string;
  ledger?: Ledger;
}

/** @schema ConnectionDto */
export interface ConnectionSummary {
  id: string;
  slug?: string;
  name: string;
}

/** @schema TrendResponse */
export interface Trend {
  days: TrendDay[];
}

/** @schema TrendDayResponse */
export interface TrendDay {
  day: string;
  runs: Partial<Record<string, number>>;
  ledger: Ledger;
  seconds?: { median: number; max: number };
}
