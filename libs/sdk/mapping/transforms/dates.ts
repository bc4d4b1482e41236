import { ValueFault } from '../faults.ts';
import { timeOf, type TimeFields } from './date-fields.ts';
import { compileDateFormat } from './date-format.ts';
import { certainEpochTime } from './epoch.ts';
import { isIsoInstant, parseIsoFields } from './iso-time.ts';
import { zoneOffset } from './time-zone.ts';

/** Reads times of a format (default: ISO or epoch) and gives ISO text in UTC. Throws a RuleFault for a bad format or zone. */
export function compileDate(format?: string, timeZone?: string): (value: unknown) => string | undefined {
  const offsetIn = timeZone === undefined ? () => 0 : zoneOffset(timeZone);
  const parse = parserOf(format);
  return (value) => {
    if (value === null || value === undefined || value === '') return undefined;
    if (format === undefined && typeof value === 'string' && isIsoInstant(value)) return value; // as most sources write it
    const parsed = parse(typeof value === 'string' ? value.trim() : value);
    const time = typeof parsed === 'object' ? timeOf(parsed, offsetIn) : parsed;
    if (time === undefined) throw new ValueFault(needOf(format), value);
    const date = new Date(time);
    if (Number.isNaN(date.getTime())) throw new ValueFault(needOf(format), value);
    return date.toISOString();
  };
}

/** Gives fields, or milliseconds since 1970, or undefined when the value is no such time. */
function parserOf(format?: string): (value: unknown) => TimeFields | number | undefined {
  if (format === 's' || format === 'ms') return (value) => parseEpoch(value, format === 's' ? 1000 : 1);
  if (format === undefined) return parseAny;
  const parse = compileDateFormat(format);
  return (value) => (typeof value === 'string' || typeof value === 'number' ? parse(String(value)) : undefined);
}

function parseAny(value: unknown): TimeFields | number | undefined {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value)) return parseIsoFields(value);
  return isEpoch(value) ? certainEpochTime(Number(value)) : undefined;
}

function parseEpoch(value: unknown, unit: number): number | undefined {
  return isEpoch(value) ? Math.round(Number(value) * unit) : undefined;
}

function isEpoch(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
}

function needOf(format?: string): string {
  return format === undefined
    ? "needs an ISO time or an epoch in seconds or milliseconds (date('DD.MM.YYYY') and the like read other formats)"
    : `needs a time of the format "${format}"`;
}
