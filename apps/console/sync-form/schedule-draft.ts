import type { Schedule } from '../api/index.ts';

/** When a sync runs, as one fills it in: what belongs to the kinds that are not chosen stays, too. */
export interface ScheduleDraft {
  kind: 'none' | 'every' | 'cron' | 'after';
  every: string;
  cron: string;
  /** Empty: UTC. */
  timeZone: string;
  /** The sync that it runs after. */
  after: string;
}

/** @param timeZone what is proposed beside a cron that there is not yet */
export function scheduleDraft(schedule: Schedule | undefined, timeZone: string): ScheduleDraft {
  const blank: ScheduleDraft = { kind: 'none', every: '', cron: '', timeZone, after: '' };
  if (!schedule) return blank;
  if ('every' in schedule) return { ...blank, kind: 'every', every: schedule.every };
  if ('after' in schedule) return { ...blank, kind: 'after', after: schedule.after };
  return { ...blank, kind: 'cron', cron: schedule.cron, timeZone: schedule.timeZone ?? '' };
}

export function scheduleOf({ kind, every, cron, timeZone, after }: ScheduleDraft): Schedule | undefined {
  switch (kind) {
    case 'none':
      return undefined;
    case 'every':
      return { every: every.trim() };
    case 'after':
      return { after };
    case 'cron':
      return { cron: cron.trim(), ...(timeZone.trim() !== '' && { timeZone: timeZone.trim() }) };
  }
}

/** What it lacks; undefined: nothing. */
export function scheduleFault({ kind, every, cron, after }: ScheduleDraft): string | undefined {
  if (kind === 'every' && every.trim() === '') return 'Say how often, e.g. 15m.';
  if (kind === 'cron' && cron.trim() === '') return 'Say when, e.g. 0 6 * * *.';
  if (kind === 'after' && after === '') return 'Choose the sync that it runs after.';
  return undefined;
}
