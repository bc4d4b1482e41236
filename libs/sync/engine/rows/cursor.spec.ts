import { describe, expect, it } from '@jest/globals';
import { advanceCursor, cursorValue, greaterCursor, timeOf } from './cursor.ts';

const slice = (cursor?: string | number) => ({ id: 'a', spec: null, cursor });

describe('cursors', () => {
  it('keeps numbers, texts and times, and nothing else', () => {
    expect([7, 'x', new Date(0), '', null, {}].map(cursorValue)).toEqual([
      7,
      'x',
      '1970-01-01T00:00:00.000Z',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('compares numbers as numbers and texts as texts', () => {
    expect(greaterCursor(9, 10)).toBe(10);
    expect(greaterCursor('2025-12-31', '2026-01-01')).toBe('2026-01-01');
    expect(greaterCursor(undefined, 1)).toBe(1);
  });

  it('starts the next run at the greatest value of all slices', () => {
    expect(advanceCursor(undefined, [slice(3), slice(12), slice()])).toEqual({ cursor: 12 });
  });

  it('looks back in seconds for times and in units for numbers, but never before where it was', () => {
    expect(advanceCursor(undefined, [slice('2026-01-01T00:01:00.000Z')], 60)).toEqual({
      cursor: '2026-01-01T00:00:00.000Z',
    });
    expect(advanceCursor(undefined, [slice('2026-01-01 00:01:00')], 60)).toEqual({
      cursor: '2026-01-01T00:00:00.000Z',
    });
    expect(advanceCursor(undefined, [slice(100)], 10)).toEqual({ cursor: 90 });
    expect(advanceCursor(undefined, [slice('100')], 10)).toEqual({ cursor: '90' });
    expect(advanceCursor(undefined, [slice('12345678901234567890')], 10)).toEqual({ cursor: '12345678901234567890' });
    expect(advanceCursor(undefined, [slice('000100')], 10)).toEqual({ cursor: '000100' });
    expect(advanceCursor({ cursor: 95 }, [slice(100)], 10)).toEqual({ cursor: 95 });
  });

  it('stays where it was when nothing was seen', () => {
    expect(advanceCursor({ cursor: 5 }, [slice()])).toEqual({ cursor: 5 });
    expect(advanceCursor(undefined, [])).toBeUndefined();
  });

  it('reads the time of a change from a cursor that is one, in UTC where it names no zone', () => {
    expect(timeOf('2026-01-01 10:00:00')).toBe('2026-01-01T10:00:00.000Z');
    expect(timeOf('2026-01-01T10:00')).toBe('2026-01-01T10:00:00.000Z');
    expect(timeOf('2026-01-01 10:00:00 UTC')).toBe('2026-01-01T10:00:00.000Z');
    expect(timeOf('2026-01-01T10:00:00+02:00')).toBe('2026-01-01T08:00:00.000Z');
    expect(timeOf('2026-01-01')).toBe('2026-01-01T00:00:00.000Z');
    expect(timeOf(17)).toBeUndefined();
    expect(timeOf('v17')).toBeUndefined();
  });
});
