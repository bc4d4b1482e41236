import { CronExpressionParser } from 'cron-parser';
import { MillraceError, messageOf } from '@millrace/sdk';
import type { Schedule } from '../syncs/sync.schema.ts';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const shortest = 10_000;

/** When a schedule is due next after a moment; none that follows another sync. Throws `invalid_schedule`. */
export function nextRunAt(schedule: Schedule, after: Date): Date | undefined {
  if ('after' in schedule) return undefined;
  return 'cron' in schedule ? nextByCron(schedule, after) : new Date(after.getTime() + interval(schedule.every));
}

function nextByCron({ cron, timeZone = 'UTC' }: { cron: string; timeZone?: string }, after: Date): Date {
  try {
    return CronExpressionParser.parse(cron, { currentDate: after, tz: timeZone }).next().toDate();
  } catch (error) {
    throw new MillraceError(
      'invalid_schedule',
      `"${cron}" in ${timeZone} is not a schedule: ${messageOf(error)}. Write it as minute hour day month weekday, e.g. "0 6 * * *".`,
      { cause: error },
    );
  }
}

function interval(every: string): number {
  const [, count, unit] = /^(\d{1,6})\s*([smhd])$/.exec(every) ?? [];
  const milliseconds = Number(count) * units[unit as keyof typeof units];
  if (milliseconds >= shortest) return milliseconds;
  throw new MillraceError(
    'invalid_schedule',
    `"${every}" is not an interval. Write e.g. "30s", "15m", "6h" or "1d", at least 10 s.`,
  );
}
