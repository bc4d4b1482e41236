import { describe, expect, it } from '@jest/globals';
import { checkSchedule } from './check-schedule.ts';

describe('what a schedule may say', () => {
  it.each([
    { cron: '0 6 * * *' },
    { cron: '*/15 8-18 1,15 JAN-MAR MON-THU', timeZone: 'Europe/Berlin' },
    { cron: ' @daily ', timeZone: 'UTC' },
    { cron: '0 6 * * *', timeZone: undefined },
    { every: '15m' },
    { after: 'other' },
  ])('%j', (schedule) => {
    expect(() => checkSchedule(schedule)).not.toThrow();
  });

  it.each([
    [{}, 'one of'],
    [{ every: '15m', cron: '0 6 * * *' }, 'one of'],
    [{ after: 'other', every: '15m' }, 'one of'],
    [{ every: '15m', timeZone: 'Europe/Berlin' }, 'one of'],
    [{ every: '15m', from: 'now' }, 'one of'],
    [{ every: 15 }, 'one of'],
    [{ cron: ['0 6 * * *'] }, 'one of'],
    [{ cron: '' }, 'minute hour'],
    [{ cron: '* * * *' }, 'minute hour'],
    [{ cron: '* * * * * *' }, 'minute hour'],
    [{ cron: '@secondly' }, 'minute hour'],
    [{ cron: 'H 6 * * *' }, 'minute hour'],
    [{ cron: '0 1,H(2-4) * * *' }, 'minute hour'],
    [{ cron: '0 6 * * *', timeZone: 'Mars/Base' }, 'no time zone "Mars/Base"'],
    [{ cron: '0 6 * * *', timeZone: '' }, 'no time zone'],
  ])('not %j', (schedule, why) => {
    expect(() => checkSchedule(schedule)).toThrow(
      expect.objectContaining({ code: 'invalid_schedule', message: expect.stringContaining(why) }),
    );
  });
});
