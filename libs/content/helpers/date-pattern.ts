import { failed } from './values.ts';

const styles = ['full', 'long', 'medium', 'short'] as const;
type Style = (typeof styles)[number];

/**
 * A date by a pattern of Java's letters (`yyyy-MM-dd'T'HH:mm`), or by a style of the locale.
 * @throws TemplateFault for an unknown letter or zone
 */
export function formatDate(date: Date, pattern: string, locale: string, timeZone: string): string {
  const fixed = fixedOffset(timeZone);
  // Node 20's Intl knows no zones such as "+02:00": the clock is moved instead.
  const zoned =
    fixed === undefined ? { date, timeZone } : { date: new Date(date.getTime() + fixed * 60_000), timeZone: 'UTC' };
  if (pattern === '' || styles.includes(pattern as Style)) {
    const dateStyle = (pattern || 'medium') as Style;
    return formatter(locale, { timeZone: zoned.timeZone, dateStyle }).format(zoned.date);
  }
  const fields = fieldsOf(zoned.date, zoned.timeZone);
  return pattern.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*/g, (part: string, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted.replaceAll("''", "'");
    if (/^[XZ]/.test(part)) return offset(date, fields, part);
    return piece(part, zoned.date, fields, locale, zoned.timeZone);
  });
}

/** Minutes of "+02:00" or "-0800". */
function fixedOffset(timeZone: string): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(timeZone) ?? [];
  return sign === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

type Fields = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;

function piece(part: string, date: Date, fields: Fields, locale: string, timeZone: string): string {
  const named = (options: Intl.DateTimeFormatOptions, type: Intl.DateTimeFormatPartTypes): string =>
    formatter(locale, { timeZone, ...options })
      .formatToParts(date)
      .find((found) => found.type === type)?.value ?? '';
  const padded = (value: number): string => String(value).padStart(part.length, '0');
  switch (part[0]) {
    case 'y':
      return part.length === 2 ? String(Math.abs(fields.year % 100)).padStart(2, '0') : padded(fields.year);
    case 'M':
    case 'L':
      if (part.length < 3) return padded(fields.month);
      return named({ month: part.length === 3 ? 'short' : 'long', day: 'numeric' }, 'month');
    case 'd':
      return padded(fields.day);
    case 'E':
      return named({ weekday: part.length < 4 ? 'short' : 'long' }, 'weekday');
    case 'e':
    case 'u':
      return String(weekdayOf(fields) || 7);
    case 'D':
      return padded(dayOfYear(fields));
    case 'H':
      return padded(fields.hour);
    case 'h':
      return padded(fields.hour % 12 || 12);
    case 'm':
      return padded(fields.minute);
    case 's':
      return padded(fields.second);
    case 'S':
      return String(date.getUTCMilliseconds()).padStart(3, '0').slice(0, part.length);
    case 'a':
      return fields.hour < 12 ? 'AM' : 'PM';
    case 'z':
      return named({ timeZoneName: 'short', hour: 'numeric' }, 'timeZoneName');
    default:
      throw failed(
        `The date format has "${part.slice(0, 20)}", which means nothing. Use yyyy MM dd HH mm ss, E, D, u, a; put other words in single quotes.`,
      );
  }
}

function fieldsOf(date: Date, timeZone: string): Fields {
  const parts = formatter('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(date);
  const field = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: date.getUTCFullYear() > 0 ? field('year') : date.getUTCFullYear(), // Intl counts backwards from the era

    month: field('month'),
    day: field('day'),
    hour: field('hour'),
    minute: field('minute'),
    second: field('second'),
  };
}

function weekdayOf({ year, month, day }: Fields): number {
  return dayOf(year, month, day).getUTCDay();
}

function dayOfYear({ year, month, day }: Fields): number {
  return (dayOf(year, month, day).getTime() - dayOf(year, 1, 1).getTime()) / 86_400_000 + 1;
}

/** `Date.UTC` takes the years up to 99 for those of the 20th century. */
function dayOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

/** The start of the day that it is in a zone. @throws TemplateFault for an unknown zone */
export function midnight(date: Date, timeZone: string): Date {
  const fixed = fixedOffset(timeZone);
  const local = fixed === undefined ? date : new Date(date.getTime() + fixed * 60_000);
  const { hour, minute, second } = fieldsOf(local, fixed === undefined ? timeZone : 'UTC');
  return new Date(Math.floor(date.getTime() / 1000) * 1000 - ((hour * 60 + minute) * 60 + second) * 1000);
}

function offset(date: Date, { year, month, day, hour, minute, second }: Fields, part: string): string {
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const minutes = Math.round((local - Math.floor(date.getTime() / 1000) * 1000) / 60_000);
  if (minutes === 0 && part.startsWith('X')) return 'Z';
  const two = (value: number): string => String(value).padStart(2, '0');
  const colon = part === 'XXX' ? ':' : '';
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${colon}${two(Math.abs(minutes) % 60)}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat(locale, options);
    if (formatters.size < 200) formatters.set(key, made);
    return made;
  } catch {
    throw failed(`"${options.timeZone?.slice(0, 40)}" is no time zone. Write one such as "Europe/Berlin" or "+02:00".`);
  }
}
