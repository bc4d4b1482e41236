/** What the CLI reads of the API's answers. */
export interface LedgerView {
  read: number;
  written: number;
  unchanged: number;
  superseded: number;
  rejected: number;
  filtered: number;
  /** On their way, or cut off when the run ended. */
  unsettled?: number;
}

export interface RunView {
  id: string;
  sync: string;
  state: 'queued' | 'running' | 'held' | 'paused' | 'succeeded' | 'failed' | 'cancelled';
  reason?: string;
  error?: { code: string; message: string };
  ledger: LedgerView;
  effects: Record<string, number>;
  expected?: number;
  progress?: { rowsPerSecond: number; share?: number; secondsLeft?: number };
  startedAt?: string;
  endedAt?: string;
  notBefore?: string;
}

export interface SyncView {
  id: string;
  slug?: string;
  name: string;
  state: string;
  reason: string;
  from: { connection: string; stream: string };
  to: { connection: string; object?: string };
  startsFrom?: unknown;
}

export interface ConnectionView {
  id: string;
  slug?: string;
  name: string;
  connector: string;
}

export interface CheckView {
  ok: boolean;
  code?: string;
  message?: string;
}

export interface RejectView {
  id: string;
  position?: string;
  code: string;
  message: string;
  /** For the role operator. */
  raw?: string;
}

export interface TokenView {
  path: string;
  value: unknown;
  missing: boolean;
  /** What showed instead of a missing value; null when nothing did. */
  fallback: string | null;
  origin: { kind: string; connection?: string; connectionName?: string; stream?: string } | null;
}

export interface PreviewView {
  subject: string;
  html: string;
  text: string;
  hash: string;
  tokens: TokenView[];
  warnings: { code: string; message: string }[];
  page: string;
}

/** A row of a dry run. */
export interface ChangeView {
  change: string;
  differences: { field: string; before?: unknown; after?: unknown }[];
}

export interface DryRowView {
  position?: string;
  source: unknown;
  fate: 'mapped' | 'deleted' | 'rejected' | 'filtered' | 'superseded';
  outputs?: Record<string, Record<string, unknown>>;
  changes?: Record<string, ChangeView>;
  code?: string;
  message?: string;
}

/** A line of a run's log. */
export interface LogLineView {
  at: string;
  level: 'info' | 'warn' | 'error';
  message: string;
  fields?: Record<string, unknown>;
  slice?: string;
}
