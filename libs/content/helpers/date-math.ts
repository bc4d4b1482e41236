import { dateOf, shownDate, zoneOf } from './dates.ts';
import type { Helper, HelperCall } from './helper.ts';
import { failed, textOf } from './values.ts';
import { isShowable, midnight, momentOfWall, wallClock } from './zoned-time.ts';

const at = '2024-01-31T10:00:00Z';

export const dateMathHelpers: Helper[] = [
  {
    name: 'dateMath',
    usage: 'dateMath date|"now"|"midnight" "+1y-1M+2w+3d-4h+5m+6s" [format=] [tz=] [locale=]',
    doc: 'A date so much later or earlier, shown as dateFormat does. A month later than 31 January is the last day of February; a day later is the same time of day in the zone.',
    dialect: 'Iterable',
    least: 2,
    example: { template: '{{dateMath at "+1M-1d" format="yyyy-MM-dd"}}', data: { at }, output: '2024-02-28' },
    run: ([value, expression], call) => {
      const date = startOf(value, call);
      return date
        ? shownDate(moved(date, textOf(expression), zoneOf(call)), undefined, undefined, call)
        : textOf(value);
    },
  },
  {
    name: 'now',
    usage: 'now [format=] [tz=]',
    doc: 'The moment of the mail; alone, {{now}} is its ISO text.',
    dialect: 'Iterable',
    least: 0,
    example: { template: '{{#if (now format="yyyy")}}this year{{/if}}', data: {}, output: 'this year' },
    run: (_, call) => shownDate(clockOf(call), undefined, undefined, call),
  },
  {
    name: 'timestamp',
    usage: 'timestamp',
    doc: 'The moment of the mail in milliseconds since 1970.',
    dialect: 'Iterable',
    least: 0,
    bare: true,
    example: { template: '{{#if (gt (timestamp) 0)}}after 1970{{/if}}', data: {}, output: 'after 1970' },
    run: (_, call) => clockOf(call).getTime(),
  },
];

function clockOf({ now }: HelperCall): Date {
  return now === '' ? new Date() : new Date(now);
}

function startOf(value: unknown, call: HelperCall): Date | undefined {
  if (value === 'now') return clockOf(call);
  if (value === 'midnight') return midnight(clockOf(call), zoneOf(call));
  return dateOf(value, zoneOf(call));
}

const step = /([+-])(\d{1,6})([yMwdhHms])/g;
const days = { w: 7, d: 1 };
const milliseconds = { h: 3_600_000, H: 3_600_000, m: 60_000, s: 1000 };

/** Years, months, weeks and days are of the zone's calendar: clocks that are put forward in between move no midnight. */
function moved(date: Date, expression: string, timeZone: string): Date {
  if (expression.replace(step, '').trim() !== '') {
    throw failed(
      `dateMath: "${expression.slice(0, 40)}" is no calculation. Write "+1y-1M+1w-1d+1h-1m+1s", or some of these.`,
    );
  }
  let moving = date;
  for (const [, sign, digits, unit = ''] of expression.matchAll(step)) {
    const count = Number(digits) * (sign === '-' ? -1 : 1);
    const time = unit in milliseconds ? milliseconds[unit as keyof typeof milliseconds] : undefined;
    const target =
      time === undefined
        ? onCalendar(wallClock(moving, timeZone), count, unit)
        : new Date(moving.getTime() + count * time);
    if (!isShowable(target))
      throw failed(`dateMath: "${expression.slice(0, 40)}" leads to a date that is too far away.`);
    moving = time === undefined ? momentOfWall(target, timeZone) : target;
  }
  return moving;
}

function onCalendar(wall: Date, count: number, unit: string): Date {
  if (unit === 'y') addMonths(wall, 12 * count);
  else if (unit === 'M') addMonths(wall, count);
  else wall.setUTCDate(wall.getUTCDate() + count * days[unit as keyof typeof days]);
  return wall;
}

/** The day of the month stays, or becomes the last one of a shorter month. */
function addMonths(date: Date, count: number): void {
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const last = new Date(date);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  date.setUTCDate(Math.min(day, last.getUTCDate()));
}
