import { describe, expect, it } from '@jest/globals';
import { lagOf, lagOfLanes, reachOf } from './lag.ts';

const at = new Date('2026-01-05T06:00:00Z');
const later = (seconds: number): Date => new Date(at.getTime() + seconds * 1_000);

describe('the lag of lanes', () => {
  it.each([
    [{}, { records: 0, seconds: 0 }],
    [
      { a: { records: 3, seconds: 4 }, b: { records: 2, seconds: 1 } },
      { records: 5, seconds: 4 },
    ],
    [{ a: { records: 3 }, b: { records: 0 } }, { records: 3 }],
    [{ a: { records: 0 } }, { records: 0, seconds: 0 }],
    [{ a: { seconds: 2 }, b: { seconds: 0 } }, { seconds: 2 }],
    [{ a: {} }, {}],
  ])('%j comes to %j', (lanes, lag) => expect(lagOfLanes(lanes, at)).toEqual({ ...lag, at }));
});

describe('the lag of a run', () => {
  const told = { 0: { records: 3, seconds: 4, at }, 1: { records: 2, seconds: 1, at: later(5) } };

  it('is that of its subscribers together, as of the earliest', () => {
    expect(lagOf({ lag: told, active: true }, later(6))).toEqual({ records: 5, seconds: 4, at });
    expect(lagOf({ active: true })).toBeUndefined();
  });

  it('grows while a subscriber is silent, until the run has ended', () => {
    const behind = { 0: { seconds: 0, at } };
    expect(lagOf({ lag: behind, active: true }, later(100))?.seconds).toBe(100);
    expect(lagOf({ lag: behind }, later(100))?.seconds).toBe(0);
  });

  it('tells up to when everything has arrived, where all subscribers know', () => {
    expect(reachOf(told, 2)).toEqual(later(-4));
    expect(reachOf(told, 3)).toBeUndefined();
    expect(reachOf({ ...told, 1: { records: 7, at } }, 2)).toBeUndefined();
  });
});
