/** The fields of a time; what is missing has its least value. */
export interface TimeFields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** Minutes east of UTC, where the text tells. */
  offset?: number;
}

/** Minutes of `Z`, `+02`, `+0200` or `+02:00`. */
export function offsetMinutes(text: string): number {
  if (text.toUpperCase() === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', '') || 0);
  return text.startsWith('-') ? -minutes : minutes;
}

/**
 * Milliseconds since 1970; undefined when there is no such day or time (31 February, 25:00). `offsetIn` gives the milliseconds
 * east of UTC for fields without an offset.
 */
export function timeOf(fields: TimeFields, offsetIn: (utc: number) => number = () => 0): number | undefined {
  const { year, month, day, hour, minute, second, millisecond, offset } = fields;
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(month, year) && hour <= 23;
  if (!exists || minute > 59 || second > 60 || Math.abs(offset ?? 0) > 14 * 60) return undefined;
  if (year < 100) return undefined; // Date.UTC takes these for 19xx; no customer's data means them
  const local = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59), millisecond);
  if (offset !== undefined) return local - offset * 60_000;
  // The offset at the local time taken for UTC may be that of the other side of a clock change: ask again nearer by.
  return local - offsetIn(local - offsetIn(local));
}

export function daysIn(month: number, year: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
