import { certainEpochTime, MillraceError, type Json, type Row } from '@millrace/sdk';

/** A number, or a text that is one (as databases give decimals); undefined when nothing is said. Throws `invalid_row`. */
export function readNumber(value: unknown, field: string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const number =
    typeof value === 'string' && /^\s*[-+]?\d+(\.\d+)?([eE][-+]?\d+)?\s*$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw invalid(`"${field}" is not a number. Map a number to it, e.g. with | number.`);
}

const zoned = /([zZ]|[+-]\d{2}(:?\d{2})?)$/;
const dateTime = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?/;

/**
 * ISO time of a Date, an ISO text (UTC unless it says otherwise), or an epoch in seconds or milliseconds as `| date` reads it; undefined when nothing
 * is said. Throws `invalid_row`.
 */
function readMoment(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const time = timeOf(value);
  if (time !== undefined && Math.abs(time) <= 8.64e15) return new Date(time).toISOString();
  throw invalid(`"${field}" is not a time. Map an ISO time such as 2025-03-01T09:00:00Z to it, e.g. with | date.`);
}

const day = 86_400_000;

/** Likewise of something that has happened: what lies in the future would be the newest for ever. Clocks may differ by a day. */
export function readPastMoment(value: unknown, field: string): string | undefined {
  const moment = readMoment(value, field);
  if (moment === undefined || Date.parse(moment) <= Date.now() + day) return moment;
  throw invalid(`"${field}" lies in the future, and what is told has happened. Correct it.`);
}

function timeOf(value: unknown): number | undefined {
  if (typeof value === 'string') return timeOfText(value.trim());
  if (typeof value === 'number') return certainEpochTime(value);
  return value instanceof Date ? value.getTime() : undefined;
}

function timeOfText(text: string): number {
  if (!dateTime.test(text)) return Number.NaN;
  return Date.parse(text.length === 10 || zoned.test(text) ? text : `${text.replace(' ', 'T')}Z`);
}

const longestName = 256;

/** A short text or a number as text; undefined when nothing is said. Throws `invalid_row`. */
export function readName(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
  if (typeof text === 'string' && text.length <= longestName && !/[\u0000-\u001f]/.test(text))
    return text.trim().toWellFormed(); // as MongoDB keeps it
  throw invalid(`"${field}" is not a text of at most ${longestName} characters. Map a shorter text or a number to it.`);
}

/** Throws `invalid_row` when nothing is said. */
export function required<T>(value: T | undefined, field: string): T {
  if (value !== undefined && value !== '') return value;
  throw invalid(`"${field}" is empty. Map a field that is always there to it.`);
}

/** Throws `invalid_row` for fields that an object does not have, so that a slip in a mapping is seen. */
export function refuseUnknown(record: Row, object: string, known: readonly string[]): void {
  for (const field of Object.keys(record)) {
    if (known.includes(field)) continue;
    const name = field.slice(0, 40);
    const mend = known.includes('properties') ? `Map it to properties.${name}.` : 'Leave it out.';
    throw invalid(`"${name}" is no field of "${object}", which has: ${known.join(', ')}. ${mend}`);
  }
}

/** Only the fields that say something. */
export function said(fields: Record<string, Json | undefined>): Record<string, Json> {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function invalid(message: string): MillraceError {
  return new MillraceError('invalid_row', message);
}
