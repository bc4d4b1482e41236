import type { ErrorCode } from '../errors/index.ts';

/** Changes that a row brought about, counted beside the ledger. */
export type Effects = Partial<Record<'created' | 'updated' | 'deleted' | 'merged' | 'lines', number>>;

/** What became of one pushed row. */
export type Outcome =
  | { status: 'ok'; effects?: Effects }
  | { status: 'unchanged' }
  /** A newer version of the same thing was there already, or came in the same batch. */
  | { status: 'superseded' }
  | { status: 'rejected'; code: ErrorCode; message: string }
  /** Not now: again after so many milliseconds. */
  | { status: 'retry'; after?: number; message?: string }
  /** It may have arrived or not. */
  | { status: 'unknown'; message?: string }
  /** Accepted, not yet done: `poll` with the token tells. */
  | { status: 'pending'; token: string };

export const ok = (effects?: Effects): Outcome => ({ status: 'ok', effects });
export const unchanged = (): Outcome => ({ status: 'unchanged' });
export const superseded = (): Outcome => ({ status: 'superseded' });
export const rejected = (code: ErrorCode, message: string): Outcome => ({ status: 'rejected', code, message });
export const retry = (after?: number, message?: string): Outcome => ({ status: 'retry', after, message });
export const unknown = (message?: string): Outcome => ({ status: 'unknown', message });
export const pending = (token: string): Outcome => ({ status: 'pending', token });
