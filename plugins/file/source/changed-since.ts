import { parseTime, type Json, type Row } from '@millrace/sdk';

/**
 * Which records an incremental run reads: those whose cursor is at or after the last run's. Numbers that are written as text ("999" > "1000") and dates that
 * begin with the day ("31/12/2025" > "01/01/2026") do not sort as text: such a cursor leaves nothing out. Times whose offsets differ do not either, as in
 * the night when the clock is put back, and are compared as times.
 */
export function changedSince(cursor: string | undefined, state: Json | undefined): (record: Row) => boolean {
  const last = cursor === undefined ? undefined : lastCursor(state);
  if (cursor === undefined || last === undefined || doesNotSort(last)) return () => true;
  const since = timeOf(last);
  return (record) => {
    const value = record[cursor];
    if (typeof value === 'number' && typeof last === 'number') return value >= last;
    return typeof value !== 'string' || typeof last !== 'string' || value >= last || timeOf(value) >= since;
  };
}

function lastCursor(state: Json | undefined): string | number | undefined {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return undefined;
  const { cursor } = state;
  return typeof cursor === 'string' || typeof cursor === 'number' ? cursor : undefined;
}

const dayFirst = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/;

function doesNotSort(value: string | number): boolean {
  if (typeof value === 'number' || value.trim() === '') return false;
  return Number.isFinite(Number(value)) || dayFirst.test(value);
}

const yearFirst = /^\d{4}-\d{2}-\d{2}([T ]|$)/;

/** Milliseconds since 1970; NaN of what is no time that begins with the year. */
function timeOf(value: string | number): number {
  return typeof value === 'string' && yearFirst.test(value) ? parseTime(value) : NaN;
}
