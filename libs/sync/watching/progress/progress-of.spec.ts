import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyLedger } from '../../runs/ledger.ts';
import { progressOf } from './progress-of.ts';

const one = { done: 0, of: 1, weight: 1, weightDone: 0 };
const startedAt = new Date('2026-01-05T06:00:00Z');
const running = { state: 'running', active: true, startedAt, plan: { read: 'incremental' } } as const;
const read = (rows: number) => ({ ...emptyLedger(), read: rows });

describe('the progress of a run', () => {
  it('is what was read of what the source counted', () => {
    expect(progressOf({ ...running, expected: 400, ledger: read(100) }, 50, one)).toEqual({
      rowsPerSecond: 50,
      share: 0.25,
      secondsLeft: 6,
      slices: { done: 0, of: 1 },
    });
  });

  it('is what its slices weigh where the source cannot count', () => {
    const now = new Date('2026-01-05T06:01:00Z');
    const slices = { done: 2, of: 3, weight: 8, weightDone: 6 };
    expect(progressOf({ ...running, ledger: read(10) }, 5, slices, now)).toMatchObject({
      share: 0.75,
      secondsLeft: 20,
    });
  });

  it('does not guess', () => {
    expect(progressOf({ ...running, ledger: read(10) }, 5, one)).toEqual({
      rowsPerSecond: 5,
      slices: { done: 0, of: 1 },
    });
    expect(progressOf({ ...running, expected: 100, ledger: read(10) }, 0, one).secondsLeft).toBeUndefined();
  });

  it('of an endless stream has no share, however many subscribers share it', () => {
    const slices = { done: 0, of: 4, weight: 4, weightDone: 0 };
    const followed = { ...running, plan: { read: 'stream' }, ledger: read(10) } as const;
    expect(progressOf(followed, 5, slices)).toEqual({ rowsPerSecond: 5, slices: { done: 0, of: 4 } });
  });

  it('tells the mean speed of a run that has ended', () => {
    const endedAt = new Date('2026-01-05T06:00:20Z');
    const ended = { ...running, state: 'succeeded', active: undefined, endedAt, ledger: read(1000) } as const;
    expect(progressOf(ended, 0, { done: 0, of: 0, weight: 0, weightDone: 0 })).toEqual({ rowsPerSecond: 50, share: 1 });
  });

  it('is never more than the whole, and never negative', () => {
    const count = fc.nat(1_000_000);
    fc.assert(
      fc.property(
        count,
        fc.option(count, { nil: undefined }),
        fc.nat(1e6),
        count,
        count,
        (rows, expected, pace, of, done) => {
          const slices = { of, done: Math.min(of, done), weight: of, weightDone: Math.min(of, done) };
          const { share = 0, secondsLeft = 0 } = progressOf({ ...running, expected, ledger: read(rows) }, pace, slices);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
          expect(secondsLeft).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
