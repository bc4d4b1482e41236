import { offsetMinutes, timeOf, type TimeFields } from './date-fields.ts';

const isoPattern =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?$/i;

/** Whether a text is a time just as `Date.prototype.toISOString` writes it: `2024-01-31T12:30:00.000Z`. */
export function isIsoInstant(text: string): boolean {
  if (text.length !== 24 || text.charCodeAt(23) !== 90 || text.startsWith('00')) return false; // 90 is Z
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

/** Milliseconds since 1970 of an ISO 8601 date or date-time (`2024-01-31`, `2024-01-31T13:30:00+01:00`); without an offset it is UTC. */
export function parseIsoTime(text: string): number | undefined {
  if (text.length < 7 || text.length > 40 || text.charCodeAt(4) !== 45) return undefined; // 45 is the hyphen after the year
  const fields = parseIsoFields(text);
  return fields && timeOf(fields);
}

export function parseIsoFields(text: string): TimeFields | undefined {
  const match = isoPattern.exec(text);
  if (!match) return undefined;
  const [, year, month, day = '01', hour, minute, second, fraction, offset] = match;
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
    offset: offset === undefined ? undefined : offsetMinutes(offset),
  };
}
