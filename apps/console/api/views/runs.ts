export type RunState = 'queued' | 'running' | 'held' | 'paused' | 'succeeded' | 'failed' | 'cancelled';

/** @schema RunResponse */
export interface Run {
  id: string;
  sync: string;
  state: RunState;
  reason?: string;
  error?: RunError;
  notices?: RunNotice[];
  hold?: 'deletions' | 'drift';
  drift?: FieldDrift[];
  trigger: string;
  options?: RunOptions;
  replay?: object;
  ledger: Ledger;
  effects: Record<string, number>;
  expected?: number;
  progress?: RunProgress;
  lag?: Lag;
  createdAt: string;
  startedAt?: string;
  endedAt?: string;
}

/** @schema LedgerDto */
export interface Ledger {
  read: number;
  written: number;
  unchanged: number;
  superseded: number;
  rejected: number;
  filtered: number;
  unsettled?: number;
}

/** @schema RunErrorDto */
export interface RunError {
  code: string;
  message: string;
}

/** @schema RunNoticeDto */
export interface RunNotice {
  code: string;
  message: string;
}

/** @schema StartRunDto */
export interface RunOptions {
  full?: boolean;
  window?: { from?: string | number; to?: string | number };
  resend?: boolean;
}

/** @schema ProgressResponse */
export interface RunProgress {
  rowsPerSecond: number;
  share?: number;
  secondsLeft?: number;
  slices?: { done: number; of: number };
}

/**
 * How far an endless stream is behind; absent parts: nobody can tell.
 *
 * @schema LagResponse
 */
export interface Lag {
  records?: number;
  seconds?: number;
}

/** @schema FieldDriftDto */
export interface FieldDrift {
  field: string;
  change: 'new' | 'type' | 'gone';
  types: string[];
  before?: string[];
  readBy?: string[];
  waits?: boolean;
}

/** @schema RunLogLineResponse */
export interface RunLogLine {
  at: string;
  level: 'info' | 'warn' | 'error';
  message: string;
  slice?: string;
}

/** @schema RejectResponse */
export interface Reject {
  id: string;
  run: string;
  position?: string;
  code: string;
  message: string;
  raw?: string;
  replayable: boolean;
  replayedIn?: string;
  outdatedIn?: string;
  at: string;
}
