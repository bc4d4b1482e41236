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

  it.each([
    ['Europe/Berlin', '30 2 * * *'],
    ['Australia/Lord_Howe', '15 2 * * *'], // half an hour forth and back
    ['Australia/Lord_Howe', '45 1 * * *'],
    ['Pacific/Chatham', '45 2 * * *'], // 2:45 becomes 3:45
    ['Antarctica/Troll', '30 1 * * *'], // two hours
    ['America/Havana', '0 0 * * *'], // midnight comes twice
    ['Africa/Cairo', '0 0 * * 5'], // and is skipped on a Friday
  ])('is due once on each of its days in %s, whatever the clocks do', (timeZone, cron) => {
    const days: string[] = [];
    const end = new Date('2027-01-01T00:00:00Z');
    for (let at = new Date('2026-01-01T00:00:00Z'); ;) {
      const next = nextRunAt({ cron, timeZone }, at);
      expect(next?.getTime()).toBeGreaterThan(at.getTime());
      if (!next || next >= end) break;
      days.push(new Intl.DateTimeFormat('sv', { timeZone }).format(next));
      at = next;
    }
    const gaps = days.slice(1).map((day, i) => (Date.parse(day) - Date.parse(days[i] ?? '')) / 86_400_000);
    expect(new Set(gaps)).toEqual(new Set([cron.endsWith('5') ? 7 : 1]));
  });

  it('knows intervals', () => {
    expect(nextRunAt({ every: '15m' }, after)?.toISOString()).toBe('2026-03-28T23:45:00.000Z');
  });

  it.each([
    { every: '15' },
    { every: '1s' },
    { every: 'often' },
    { cron: 'soon' },
    { cron: '2030-12-24T00:00:00' },
    { cron: '0 0 30 2 *' },
    { cron: '' },
    { cron: '0 6 * * *', timeZone: 'Mars/Base' },
  ])('refuses %j', (schedule) => {
    expect(() => nextRunAt(schedule, after)).toThrow(expect.objectContaining({ code: 'invalid_schedule' }));
  });
});
