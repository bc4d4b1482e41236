import { describe, expect, it } from '@jest/globals';
import { emptyLedger } from '../../runs/ledger.ts';
import { medianOf, TrendDays, type TrendRun } from './trend-of.ts';

const run = (at: string, seconds: number, more: Partial<TrendRun> = {}): TrendRun => {
  const createdAt = new Date(at);
  return {
    state: 'succeeded',
    whole: true,
    createdAt,
    startedAt: createdAt,
    endedAt: new Date(createdAt.getTime() + seconds * 1_000),
    until: createdAt,
    ledger: { ...emptyLedger(), read: 10, written: 10 },
    ...more,
  };
};

describe('a trend', () => {
  it('sums runs up by day, and tells how old the data grew', () => {
    const trend = new TrendDays(new Date('2026-01-05T00:00:00Z'), new Date('2026-01-07T09:00:00Z'));
    trend.add(run('2026-01-05T10:00:00Z', 10));
    trend.add(run('2026-01-05T11:00:00Z', 30));
    trend.add(run('2026-01-07T08:00:00Z', 5, { state: 'failed' }));
    trend.add(run('2026-01-07T08:30:00Z', 20, { whole: false }));
    trend.add(run('2026-01-07T09:00:00Z', 60));
    expect(trend.list()).toEqual([
      {
        day: '2026-01-05',
        runs: { succeeded: 2 },
        ledger: { ...emptyLedger(), read: 20, written: 20 },
        seconds: { median: 20, max: 30 },
        maxLagSeconds: 3_630,
      },
      { day: '2026-01-06', runs: {}, ledger: emptyLedger() },
      {
        day: '2026-01-07',
        runs: { failed: 1, succeeded: 2 },
        ledger: { ...emptyLedger(), read: 30, written: 30 },
        seconds: { median: 20, max: 60 },
        maxLagSeconds: 46 * 3_600 + 60,
      },
    ]);
  });

  it('knows the middle of numbers', () => {
    expect([medianOf([3, 1, 2]), medianOf([4, 1]), medianOf([])]).toEqual([2, 2.5, 0]);
  });
});
