import { describe, expect, it } from '@jest/globals';
import { PageRows } from './page-rows.ts';

describe('PageRows', () => {
  it('grows up to 2,000 rows', () => {
    const size = new PageRows();
    const asked = Array.from({ length: 5 }, () => {
      const { next } = size;
      size.saw([['x']]);
      return next;
    });
    expect(asked).toEqual([100, 400, 1600, 2000, 2000]);
  });

  it('shrinks to what fits 8 MB, and never below one row', () => {
    const size = new PageRows();
    size.saw([
      ['x', null],
      ['x'.repeat(1_000_000), 'y'],
    ]);
    expect(size.next).toBe(7);
    size.saw([['x'.repeat(20_000_000)]]);
    expect(size.next).toBe(1);
  });
});
