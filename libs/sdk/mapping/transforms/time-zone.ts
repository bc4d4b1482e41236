import { RuleFault } from '../faults.ts';

/** Gives a zone's offset from UTC, in milliseconds, at a time. Throws a RuleFault for an unknown zone. */
export function zoneOffset(timeZone: string): (utc: number) => number {
  const format = formatIn(timeZone);
  let quarter = NaN;
  let offset = 0;
  return (utc) => {
    const asked = Math.floor(utc / 900_000); // offsets change on quarters of an hour; rows are often near each other
    if (asked !== quarter) [quarter, offset] = [asked, offsetAt(format, utc)];
    return offset;
  };
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new RuleFault(`date(): there is no time zone "${timeZone}"; write one such as 'Europe/Berlin'.`);
  }
}

function offsetAt(format: Intl.DateTimeFormat, utc: number): number {
  if (Math.abs(utc) > 8e15) return 0;
  const parts = new Map(format.formatToParts(utc).map((part) => [part.type, part.value]));
  const field = (name: Intl.DateTimeFormatPartTypes) => Number(parts.get(name));
  const local = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  return local - Math.floor(utc / 1000) * 1000;
}
