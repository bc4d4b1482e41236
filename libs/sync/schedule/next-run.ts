import { Cron } from 'croner';
import { MillraceError, messageOf } from '@millrace/sdk';
import type { Schedule } from '../syncs/sync.schema.ts';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const shortest = 10_000;

/** When a schedule is due next after a moment; none that follows another sync. Throws `invalid_schedule`. */
export function nextRunAt(schedule: Schedule, after: Date): Date | undefined {
  if ('after' in schedule) return undefined;
  return 'cron' in schedule ? nextByCron(schedule, after) : new Date(after.getTime() + interval(schedule.every));
}

/** What falls into a gap of the clock is due at its end; what falls into an hour that comes twice, the first time. */
function nextByCron({ cron, timeZone = 'UTC' }: { cron: string; timeZone?: string }, after: Date): Date {
  try {
    const next = isPattern(cron) && new Cron(cron, { timezone: timeZone, paused: true }).nextRun(after);
    if (next) return next;
  } catch (error) {
    throw unreadable(cron, timeZone, `is not a schedule: ${messageOf(error)}`, error);
  }
  throw unreadable(cron, timeZone, 'is never due');
}

/** The library takes a single moment, too. */
const isPattern = (cron: string): boolean => /^\s*(@|\S+\s)/.test(cron);

function unreadable(cron: string, timeZone: string, what: string, cause?: unknown): MillraceError {
  return new MillraceError(
    'invalid_schedule',
    `"${cron}" in ${timeZone} ${what}. Write it as minute hour day month weekday, e.g. "0 6 * * *".`,
    { cause },
  );
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
