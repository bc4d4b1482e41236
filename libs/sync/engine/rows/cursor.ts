import { cursorIn, isIsoInstant, lookBack, parseTime, type FinishedSlice, type Json } from '@millrace/sdk';

export type CursorValue = string | number;

/** A cursor value as it is kept: numbers and texts stay, Dates become ISO text, anything else is no cursor. */
export function cursorValue(value: unknown): CursorValue | undefined {
  if (typeof value === 'number' || typeof value === 'string') return value === '' ? undefined : value;
  return value instanceof Date ? value.toISOString() : undefined;
}

/** The greater one. A text that is no time yields to times, and one that is no number to numbers: it says nothing about where the others are. */
export function greaterCursor(a: CursorValue | undefined, b: CursorValue | undefined): CursorValue | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  if (yieldsTo(a, b)) return b;
  if (yieldsTo(b, a)) return a;
  return isLess(a, b) ? b : a;
}

/** Of two that do not yield to each other. */
export function isLess(a: CursorValue, b: CursorValue): boolean {
  const difference = typeof a === 'number' || typeof b === 'number' ? Number(a) - Number(b) : NaN;
  return Number.isNaN(difference) ? String(a) < String(b) : difference < 0;
}

/** Whether it is a text among times or numbers. */
export function yieldsTo(a: CursorValue, b: CursorValue): boolean {
  if (typeof a === 'number') return false;
  return typeof b === 'number' ? Number.isNaN(Number(a)) : timeOf(a) === undefined && timeOf(b) !== undefined;
}

/** A cursor's state: where the next run starts. */
export interface CursorState {
  [field: string]: Json;
  cursor: CursorValue;
}

/** The next run's state: the greatest cursor seen, less the look-back; the old one where nothing was seen. */
export function advanceCursor(state: Json | undefined, slices: FinishedSlice[], lookback = 0): Json | undefined {
  const before = cursorIn(state);
  const seen = slices.reduce<CursorValue | undefined>(
    (greatest, slice) => greaterCursor(greatest, slice.cursor),
    undefined,
  );
  if (seen === undefined) return state;
  const next = greaterCursor(before, lookBack(seen, lookback));
  return next === undefined ? state : { cursor: next };
}

const timeText = /^\d{4}-\d{2}-\d{2}([T ]|$)/;

/** The time of a change, in UTC ISO text, where the cursor is a time. */
export function timeOf(cursor: CursorValue | undefined): string | undefined {
  if (typeof cursor !== 'string' || !timeText.test(cursor)) return undefined;
  if (isIsoInstant(cursor)) return cursor;
  const time = parseTime(cursor);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
