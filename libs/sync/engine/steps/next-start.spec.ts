import { describe, expect, it } from '@jest/globals';
import { timeOf, type CursorValue } from '../rows/cursor.ts';
import { nextStart } from './next-start.ts';
import { addCursor, joinCursors, latestTime, type SeenCursors } from '../rows/seen-cursors.ts';

const day = 86_400_000;
const soon = new Date(Date.now() + day / 2).toISOString();

/** What a slice of the pages knows. */
const sliceOf = (...pages: CursorValue[][]) => {
  const seen = pages
    .map((values) => {
      const page: SeenCursors = {};
      for (const value of values) addCursor(page, value, timeOf(value), latestTime());
      return page;
    })
    .reduce(joinCursors, {});
  return { id: 'all', spec: null, ...seen };
};

describe('where the next run starts', () => {
  it.each<[string, CursorValue[][], CursorValue | undefined]>([
    [
      'a time far ahead',
      [['2026-01-01T00:00:00Z', '9999-01-01T00:00:00Z', '2026-01-02T00:00:00Z']],
      '2026-01-02T00:00:00Z',
    ],
    ['a day far ahead', [['2026-01-01', '9999-12-31']], '2026-01-01'],
    ['a text among times', [['not a date', '2026-01-01 10:00:00', 'zzz']], '2026-01-01 10:00:00'],
    ['a text on another page than the times', [['not a date'], ['2026-01-01']], '2026-01-01'],
    ['a day that is none', [['2026-99-99', '2026-01-01']], '2026-01-01'],
    ['a text among numbers', [[1, 'n/a', 12, '7']], 12],
    ['only a time far ahead', [['9999-01-01']], undefined],
  ])('is not moved by %s, and tells', (_, pages, cursor) => {
    for (const slices of [[sliceOf(...pages)], pages.map((page) => sliceOf(page))])
      expect(nextStart({}, undefined, slices)).toEqual({
        startsFrom: cursor === undefined ? undefined : { cursor },
        odd: expect.stringContaining('The cursor of a row'),
      });
  });

  it.each<[string, CursorValue[], CursorValue]>([
    ['local times, which are ahead', ['2026-01-01T00:00:00', soon.slice(0, 19)], soon.slice(0, 19)],
    ['numbers', [3, 99_999_999_999_999], 99_999_999_999_999],
    ['plain texts', ['v17', 'v18', '123'], 'v18'],
  ])('is the greatest of %s', (_, values, cursor) => {
    expect(nextStart({}, undefined, [sliceOf(values)])).toEqual({ startsFrom: { cursor }, odd: undefined });
  });

  it('is never a text where it was a time', () => {
    const before = { cursor: '2026-01-01' };
    expect(nextStart({}, before, [sliceOf(['not a date'])])).toMatchObject({
      startsFrom: before,
      odd: expect.any(String),
    });
  });

  it('is what the stream says, unless that is such a value', () => {
    const slices = [sliceOf(['2026-01-01', '9999-01-01'])];
    expect(nextStart({ advance: () => ({ page: 7 }) }, undefined, slices).startsFrom).toEqual({ page: 7 });
    const advance = () => ({ cursor: '9999-01-01' });
    expect(nextStart({ advance }, undefined, slices).startsFrom).toEqual({ cursor: '2026-01-01' });
  });

  it('tells where it was far ahead already', () => {
    const before = { cursor: '9999-01-01T00:00:00Z' };
    expect(nextStart({}, before, [sliceOf()])).toEqual({
      startsFrom: before,
      odd: expect.stringContaining('9999-01-01'),
    });
  });
});
