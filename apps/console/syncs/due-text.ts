import type { Sync } from '../api/index.ts';
import { timeAgo } from '../ui/index.ts';

/** When it runs next, as far as its schedule says. */
export function dueText({ nextRunAt, paused, read, schedule }: Sync, now = Date.now()): string {
  if (paused) return 'paused';
  if (nextRunAt !== undefined)
    return Date.parse(nextRunAt) - now < 60_000 ? 'due now' : `due ${timeAgo(nextRunAt, now)}`;
  if (read === 'stream') return 'followed';
  return schedule && 'after' in schedule ? 'after another sync' : 'no schedule';
}

/** "every 15m", "0 6 * * *, Europe/Berlin" */
export function scheduleText({ schedule, read }: Pick<Sync, 'schedule' | 'read'>): string {
  if (!schedule) return read === 'stream' ? 'none: the stream is followed' : 'none';
  if ('every' in schedule) return `every ${schedule.every}`;
  if ('after' in schedule) return `after ${schedule.after}`;
  return [schedule.cron, schedule.timeZone].filter(Boolean).join(', ');
}
