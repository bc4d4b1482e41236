import { formatter } from './date-formatter.ts';
import { failed } from './values.ts';
import { aheadOfUtc, fixedOffset, wallClock } from './zoned-time.ts';

const styles = ['full', 'long', 'medium', 'short'] as const;
type Style = (typeof styles)[number];

/**
 * A date by a pattern of Java's letters (`yyyy-MM-dd'T'HH:mm`), or by a style of the locale.
 * @throws TemplateFault for an unknown letter or zone
 */
export function formatDate(date: Date, pattern: string, locale: string, timeZone: string): string {
  const wall = wallClock(date, timeZone);
  if (pattern === '' || styles.includes(pattern as Style))
    return formatter(locale, { dateStyle: (pattern || 'medium') as Style }, 'UTC').format(wall);
  return pattern.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*/g, (part: string, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted.replaceAll("''", "'");
    if (/^[XZ]/.test(part)) return offset(aheadOfUtc(date, timeZone), part);
    return part.startsWith('z') ? zoneName(date, locale, timeZone) : piece(part, wall, locale);
  });
}

function piece(part: string, wall: Date, locale: string): string {
  const padded = (value: number): string => String(value).padStart(part.length, '0');
  switch (part[0]) {
    case 'y':
      if (part.length === 2) return String(Math.abs(wall.getUTCFullYear() % 100)).padStart(2, '0');
      return padded(wall.getUTCFullYear());
    case 'M':
    case 'L':
      return part.length < 3 ? padded(wall.getUTCMonth() + 1) : monthName(part, wall, locale);
    case 'd':
      return padded(wall.getUTCDate());
    case 'E':
      return formatter(locale, { weekday: part.length < 4 ? 'short' : 'long' }, 'UTC').format(wall);
    case 'e':
    case 'u':
      return String(wall.getUTCDay() || 7);
    case 'D':
      return padded(dayOfYear(wall));
    case 'H':
      return padded(wall.getUTCHours());
    case 'h':
      return padded(wall.getUTCHours() % 12 || 12);
    case 'm':
      return padded(wall.getUTCMinutes());
    case 's':
      return padded(wall.getUTCSeconds());
    case 'S':
      return String(wall.getUTCMilliseconds()).padStart(3, '0').slice(0, part.length);
    case 'a':
      return halfOfDay(wall, locale);
    default:
      throw failed(
        `The date format has "${part.slice(0, 20)}", which means nothing. Use yyyy MM dd HH mm ss, E, D, u, a; put other words in single quotes.`,
      );
  }
}

/** "PM", or what the language says for it: 午後. */
function halfOfDay(wall: Date, locale: string): string {
  const parts = formatter(locale, { hour: 'numeric', hour12: true }, 'UTC').formatToParts(wall);
  return parts.find(({ type }) => type === 'dayPeriod')?.value ?? (wall.getUTCHours() < 12 ? 'AM' : 'PM');
}

/** MMMM as beside a day ("czerwca"), LLLL as it stands alone ("czerwiec"). The other fields are of the Gregorian calendar, so the name is, too. */
function monthName(part: string, wall: Date, locale: string): string {
  const alone = { calendar: 'gregory', month: part.length === 3 ? 'short' : 'long' } as const;
  const besideDay = formatter(locale, { ...alone, day: 'numeric' }, 'UTC')
    .formatToParts(wall)
    .find(({ type }) => type === 'month')?.value;
  const isName = besideDay !== undefined && !/^\p{N}+$/u.test(besideDay); // in Japanese 月 is no part of it
  return part.startsWith('M') && isName ? besideDay : formatter(locale, alone, 'UTC').format(wall);
}

function zoneName(date: Date, locale: string, timeZone: string): string {
  if (fixedOffset(timeZone) !== undefined) return `GMT${offset(aheadOfUtc(date, timeZone), 'xxx')}`;
  const parts = formatter(locale, { timeZoneName: 'short', hour: 'numeric' }, timeZone).formatToParts(date);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function dayOfYear(wall: Date): number {
  const first = new Date(wall);
  first.setUTCMonth(0, 1);
  return Math.round((wall.getTime() - first.getTime()) / 86_400_000) + 1;
}

function offset(ahead: number, part: string): string {
  const minutes = Math.round(ahead / 60_000);
  if (minutes === 0 && part.startsWith('X')) return 'Z';
  const two = (value: number): string => String(value).padStart(2, '0');
  const colon = part.length === 3 && !part.startsWith('Z') ? ':' : '';
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${colon}${two(Math.abs(minutes) % 60)}`;
}
