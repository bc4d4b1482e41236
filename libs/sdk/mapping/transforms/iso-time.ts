import { daysIn, offsetMinutes, timeOf, type TimeFields } from './date-fields.ts';

const isoPattern =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?$/i;

/** Whether a text is a time just as `Date.prototype.toISOString` writes it, from the year 100 on: `2024-01-31T12:30:00.000Z`. */
export function isIsoInstant(text: string): boolean {
  return isoInstant(text) !== undefined;
}

/** Milliseconds since 1970 of such a text, which thousands of rows have: without what a pattern allocates. */
function isoInstant(text: string): number | undefined {
  if (text.length !== 24) return undefined;
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return undefined;
  if (text[19] !== '.' || text[23] !== 'Z') return undefined;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const day = digitsAt(text, 8, 2);
  const hour = digitsAt(text, 11, 2);
  const minute = digitsAt(text, 14, 2);
  const second = digitsAt(text, 17, 2);
  const isDate = year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(month, year);
  if (!isDate || !(hour < 24 && minute < 60 && second < 60)) return undefined;
  const time = Date.UTC(year, month - 1, day, hour, minute, second, digitsAt(text, 20, 3));
  return Number.isNaN(time) ? undefined : time;
}

/** NaN where something else than a digit stands. */
function digitsAt(text: string, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const digit = text.charCodeAt(at) - 48; // 48 is 0
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Milliseconds since 1970 of an ISO 8601 date or date-time (`2024-01-31`, `2024-01-31T13:30:00+01:00`); without an offset it is UTC. */
export function parseIsoTime(text: string): number | undefined {
  if (text.length < 7 || text.length > 40 || text.charCodeAt(4) !== 45) return undefined; // 45 is the hyphen after the year
  const instant = isoInstant(text);
  if (instant !== undefined) return instant;
  const fields = parseIsoFields(text);
  return fields && timeOf(fields);
}

const zoneless = /^\d{4}-\d{2}-\d{2}[T ][\d:.]+$/;

/** Milliseconds since 1970 of any text that `Date.parse` reads, else NaN; an ISO time without an offset is UTC, and not of the process's own zone. */
export function parseTime(text: string): number {
  return Date.parse(zoneless.test(text) ? `${text}Z` : text);
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
