import { isTimeZone } from 'class-validator';
import { MillraceError } from '@millrace/sdk';
import type { Schedule } from '../syncs/sync.schema.ts';

/** A schedule says one of these, with what may come with it. */
const forms: Record<string, readonly string[]> = { cron: ['cron', 'timeZone'], every: ['every'], after: ['after'] };

/** Minute, hour, day, month and weekday, or one of cron's names such as `@daily`; nothing by the second. `H`, a random value elsewhere, would be another one each time. */
const cronFields = /^(@(?!secondly$)\w+|(?!\S*\b[Hh]\b)\S+(?:\s+(?!\S*\b[Hh]\b)\S+){4})$/;

/** Throws `invalid_schedule` unless it says when, in one way, and nothing that would be ignored. */
export function checkSchedule(schedule: object): asserts schedule is Schedule {
  const said = Object.entries(schedule).filter(([, value]) => value !== undefined);
  const form = said.map(([name]) => forms[name]).find((names) => names !== undefined);
  if (!form || said.some(([name, value]) => !form.includes(name) || typeof value !== 'string'))
    throw new MillraceError(
      'invalid_schedule',
      'A schedule is one of { "cron", "timeZone" }, { "every" } and { "after" }, each a text: e.g. { "every": "15m" }.',
    );
  if ('cron' in schedule) checkCron(schedule as { cron: string; timeZone?: string });
}

/** Throws `invalid_schedule` unless there are five fields, and such a time zone. */
export function checkCron({ cron, timeZone = 'UTC' }: { cron: string; timeZone?: string }): void {
  if (!cronFields.test(cron.trim()))
    throw new MillraceError(
      'invalid_schedule',
      `"${cron}" is not a schedule. Write it as minute hour day month weekday, e.g. "0 6 * * *".`,
    );
  if (!isTimeZone(timeZone))
    throw new MillraceError(
      'invalid_schedule',
      `There is no time zone "${timeZone}". Write it as "Europe/Berlin" or "UTC".`,
    );
}
