import { parseTime } from '../mapping/index.ts';

/** The cursor value so much earlier: seconds of a time, units of a number; any other text stays. */
export function lookBack(cursor: string | number, lookback: number): string | number {
  if (lookback === 0) return cursor;
  if (typeof cursor === 'number') return cursor - lookback;
  if (cursor.trim() !== '' && Number.isFinite(Number(cursor))) return earlierNumber(cursor, lookback);
  const time = parseTime(cursor);
  return Number.isNaN(time) ? cursor : new Date(time - lookback * 1000).toISOString();
}

/** A number that came as text goes as text. One that is not the same as a number (rounded, zeros before it) stays: it could be a later one. */
function earlierNumber(text: string, lookback: number): string {
  const number = Number(text);
  return String(number) === text && Number.isSafeInteger(Math.trunc(number)) ? String(number - lookback) : text;
}
