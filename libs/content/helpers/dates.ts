import { formatDate } from './date-pattern.ts';
import type { Helper, HelperCall } from './helper.ts';
import { localeOf } from './numbers.ts';
import { isEmpty, numberOf, textOf } from './values.ts';
import { isShowable, momentOfWall } from './zoned-time.ts';

export const dateHelpers: Helper[] = [
  {
    name: 'dateFormat',
    usage: 'dateFormat date [format] [locale] [format=] [tz=]',
    doc: 'A date as "yyyy-MM-dd HH:mm" or the like (Java’s letters; other letters in single quotes), or "full", "long", "medium" (default), "short". tz= is a zone such as "Europe/Berlin" (default: the trait timeZone, else UTC); a day without a time is that day in all of them.',
    example: {
      template: '{{dateFormat at "d MMMM yyyy, HH:mm" tz="Europe/Berlin"}}',
      data: { at: '2024-06-01T22:30:00Z' },
      output: '2 June 2024, 00:30',
    },
    run: ([value, format, locale], call) => {
      const date = dateOf(value, zoneOf(call));
      if (!date) return textOf(value);
      return shownDate(date, format, locale, call);
    },
  },
  {
    name: 'formatDate',
    usage: 'formatDate date format [offset]',
    doc: 'A date by SendGrid’s letters (YYYY MM DD HH mm ss A Z), at an offset such as "-08:00".',
    dialect: 'SendGrid',
    least: 2,
    example: {
      template: '{{formatDate at "MMMM DD, YYYY h:mm A" "-08:00"}}',
      data: { at: '2020-01-01T23:00:00Z' },
      output: 'January 01, 2020 3:00 PM',
    },
    run: ([value, format, offset], call) => {
      const date = dateOf(value);
      if (!date) return textOf(value);
      return formatDate(date, fromMoment(textOf(format)), call.locale, textOf(offset) || 'UTC');
    },
  },
];

/** A date in the format, locale and zone that a call asks for. */
export function shownDate(date: Date, format: unknown, locale: unknown, call: HelperCall): string {
  const pattern = textOf(isEmpty(format) ? call.hash.format : format);
  return formatDate(date, pattern, localeOf(locale ?? call.hash.locale, call), zoneOf(call));
}

export function zoneOf({ hash, timeZone }: HelperCall): string {
  return textOf(hash.tz ?? hash.timeZone) || timeZone;
}

/** ISO text, epoch milliseconds, or epoch seconds. A day alone is that day wherever it is shown: it begins in the zone that is given. */
export function dateOf(given: unknown, timeZone = 'UTC'): Date | undefined {
  const value = typeof given === 'string' ? given.replace(basicDay, '$1-$2-$3') : given;
  const number = numberOf(value);
  if (number === undefined && !(typeof value === 'string' && isOnCalendar(value))) return undefined;
  // As the SDK's `epochTime`; render processes do not load the SDK, whose modules would be much of their little memory.
  const date = new Date(number === undefined ? String(value) : Math.abs(number) < 1e11 ? number * 1000 : number);
  if (!isShowable(date)) return undefined;
  return typeof value === 'string' && dayAlone.test(value) ? momentOfWall(date, timeZone) : date;
}

/** `20240601`, as exports write days: as seconds that would be in 1970. */
const basicDay = /^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;

const dayAlone = /^\d{4}-\d{2}(?:-\d{2})?$/;

/** Whether a text begins with a day that there is; `Date` takes 30 February for 1 March. */
function isOnCalendar(text: string): boolean {
  const [, month, day = '01'] = /^(\d{4}-\d{2})(?:-(\d{2}))?/.exec(text) ?? [];
  return month !== undefined && new Date(`${month}-${day}`).getUTCDate() === Number(day);
}

const momentLetters: Record<string, string> = {
  YYYY: 'yyyy', YY: 'yy', DD: 'dd', D: 'd', dddd: 'EEEE', ddd: 'EEE', A: 'a', a: 'a', Z: 'XXX', ZZ: 'XX',
}; // prettier-ignore

/** moment's letters as Java's. */
function fromMoment(format: string): string {
  return format.replace(
    /\[[^\]]*\]|([A-Za-z])\1*/g,
    (part) => momentLetters[part] ?? (part.startsWith('[') ? `'${part.slice(1, -1).replaceAll("'", "''")}'` : part),
  );
}
