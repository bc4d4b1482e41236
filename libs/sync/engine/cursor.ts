import { isIsoInstant, type FinishedSlice, type Json } from '@millrace/sdk';

export type CursorValue = string | number;

/** A cursor value as it is kept: numbers and texts stay, Dates become ISO text, anything else is no cursor. */
export function cursorValue(value: unknown): CursorValue | undefined {
  if (typeof value === 'number' || typeof value === 'string') return value === '' ? undefined : value;
  return value instanceof Date ? value.toISOString() : undefined;
}

export function greaterCursor(a: CursorValue | undefined, b: CursorValue | undefined): CursorValue | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  return isLess(a, b) ? b : a;
}

function isLess(a: CursorValue, b: CursorValue): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a < b : String(a) < String(b);
}

/** A cursor's state: where the next run starts. */
export interface CursorState {
  [field: string]: Json;
  cursor: CursorValue;
}

/** The next run's state: the greatest cursor seen, less the look-back; the old one where nothing was seen. */
export function advanceCursor(state: Json | undefined, slices: FinishedSlice[], lookback = 0): Json | undefined {
  const before = (state as CursorState | undefined)?.cursor;
  const seen = slices.reduce<CursorValue | undefined>(
    (greatest, slice) => greaterCursor(greatest, slice.cursor),
    undefined,
  );
  if (seen === undefined) return state;
  const next = greaterCursor(before, lookBack(seen, lookback));
  return next === undefined ? state : { cursor: next };
}

function lookBack(cursor: CursorValue, lookback: number): CursorValue {
  if (lookback === 0) return cursor;
  if (typeof cursor === 'number') return cursor - lookback;
  const time = Date.parse(cursor);
  return Number.isNaN(time) ? cursor : new Date(time - lookback * 1000).toISOString();
}

const timeText = /^\d{4}-\d{2}-\d{2}([T ]|$)/;

/** The time of a change, in UTC ISO text, where the cursor is a time. */
export function timeOf(cursor: CursorValue | undefined): string | undefined {
  if (typeof cursor !== 'string' || !timeText.test(cursor)) return undefined;
  if (isIsoInstant(cursor)) return cursor;
  const zoned = /([zZ]|[+-]\d{2}:?\d{2})$/.test(cursor) || cursor.length === 10 ? cursor : `${cursor}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
