import { formatter } from './date-formatter.ts';

const second = 1000;
const minute = 60_000;
const day = 86_400_000;

/** Whether there is such a date, and are days around it. */
export function isShowable(date: Date): boolean {
  return Math.abs(date.getTime()) <= 8.64e15 - 2 * day;
}

/** What clocks in a zone show at a moment, in the UTC fields of a date. @throws TemplateFault for an unknown zone */
export function wallClock(date: Date, timeZone: string): Date {
  return new Date(date.getTime() + aheadOfUtc(date, timeZone));
}

/** The first moment at which clocks in a zone show this. Where they skip it, it is as much later as they skip. */
export function momentOfWall(wall: Date, timeZone: string): Date {
  const time = wall.getTime();
  const before = aheadOfUtc(new Date(time - day), timeZone);
  const after = aheadOfUtc(new Date(time + day), timeZone);
  const shown = [before, after].find((ahead) => aheadOfUtc(new Date(time - ahead), timeZone) === ahead);
  return new Date(time - (shown ?? before));
}

/** The start of the day that it is in a zone. @throws TemplateFault for an unknown zone */
export function midnight(date: Date, timeZone: string): Date {
  const wall = wallClock(date, timeZone);
  wall.setUTCHours(0, 0, 0, 0);
  return momentOfWall(wall, timeZone);
}

/** Milliseconds. */
export function aheadOfUtc(date: Date, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const fixed = fixedOffset(timeZone);
  if (fixed !== undefined) return fixed * minute;
  const parts = formatter('en-US', fields, timeZone).formatToParts(date);
  const field = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = new Date(0);
  const year = date.getUTCFullYear() > 0 ? field('year') : date.getUTCFullYear(); // Intl counts backwards from the era
  wall.setUTCFullYear(year, field('month') - 1, field('day')); // `Date.UTC` takes the years up to 99 for those of the 20th century
  wall.setUTCHours(field('hour'), field('minute'), field('second'));
  return wall.getTime() - Math.floor(date.getTime() / second) * second;
}

const fields: Intl.DateTimeFormatOptions = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
};

/** Minutes of "+02:00" or "-0800", which Node 20's Intl does not know. */
export function fixedOffset(timeZone: string): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(timeZone) ?? [];
  return sign === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}
