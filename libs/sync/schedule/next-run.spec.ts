import { describe, expect, it } from '@jest/globals';
import { nextRunAt } from './next-run.ts';

const after = new Date('2026-03-28T23:30:00Z');

describe('schedules', () => {
  it('knows cron in a time zone, also over a change of clocks', () => {
    expect(nextRunAt({ cron: '0 6 * * *', timeZone: 'Europe/Berlin' }, after)?.toISOString()).toBe(
      '2026-03-29T04:00:00.000Z',
    );
    expect(nextRunAt({ cron: '0 6 * * *' }, after)?.toISOString()).toBe('2026-03-29T06:00:00.000Z');
  });

  it('knows intervals', () => {
    expect(nextRunAt({ every: '15m' }, after)?.toISOString()).toBe('2026-03-28T23:45:00.000Z');
  });

  it.each([
    { every: '15' },
    { every: '1s' },
    { every: 'often' },
    { cron: 'soon' },
    { cron: '0 6 * * *', timeZone: 'Mars/Base' },
  ])('refuses %j', (schedule) => {
    expect(() => nextRunAt(schedule, after)).toThrow(expect.objectContaining({ code: 'invalid_schedule' }));
  });
});
