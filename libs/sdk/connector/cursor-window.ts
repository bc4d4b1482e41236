/** Values of a cursor, both ends included: ISO times (a date alone is the whole day, in UTC) or numbers. */
export interface CursorWindow {
  from?: string | number;
  to?: string | number;
}

/** Whether a bound is a date alone (`2024-01-31`), which means the whole day. */
export function isWholeDay(bound: string | number | undefined): bound is string {
  return typeof bound === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(bound);
}
