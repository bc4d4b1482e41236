import { describe, expect, it } from '@jest/globals';
import { Overdue } from './overdue.ts';

const slice = (epoch: number) => ({ _id: 'slice', epoch });

describe('Overdue', () => {
  it('tells what is due at the same epoch for five seconds', () => {
    const overdue = new Overdue();
    expect(overdue.among([slice(1)], 1_000)).toEqual([]);
    overdue.complete();
    expect(overdue.among([slice(1)], 5_999)).toEqual([]);
    overdue.complete();
    expect(overdue.among([slice(1)], 6_000)).toEqual([slice(1)]);
  });

  it('counts anew what somebody took meanwhile', () => {
    const overdue = new Overdue();
    for (const [epoch, now] of [[1, 1_000] as const, [2, 6_000] as const]) {
      expect(overdue.among([slice(epoch)], now)).toEqual([]);
      overdue.complete();
    }
    overdue.among([], 8_000);
    overdue.complete();
    expect(overdue.among([slice(2)], 20_000)).toEqual([]);
  });
});
