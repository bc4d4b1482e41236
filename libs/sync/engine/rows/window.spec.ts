import { describe, expect, it } from '@jest/globals';
import { windowTest } from './window.ts';

describe('a window of a cursor', () => {
  it.each([
    ['numbers', { from: 2, to: 3 }, [1, 2, 3, 4], [2, 3]],
    ['numbers as texts', { from: 9, to: 10 }, ['8', '9', '10', '11'], ['9', '10']],
    ['an open end', { from: 3 }, [1, 3, 1_000], [3, 1_000]],
    ['an open beginning', { to: 3 }, [1, 3, 4], [1, 3]],
    [
      'times in several zones and notations',
      { from: '2026-01-05T10:00:00Z', to: '2026-01-05T11:00:00+00:00' },
      ['2026-01-05T09:59:59Z', '2026-01-05 10:00:00', '2026-01-05T12:00:00+01:00', '2026-01-05T11:00:00.001Z'],
      ['2026-01-05 10:00:00', '2026-01-05T12:00:00+01:00'],
    ],
    [
      'whole days',
      { from: '2026-01-05', to: '2026-01-06' },
      ['2026-01-04T23:59:59Z', '2026-01-05T00:00:00Z', '2026-01-06', '2026-01-06T23:59:59.999Z', '2026-01-07'],
      ['2026-01-05T00:00:00Z', '2026-01-06', '2026-01-06T23:59:59.999Z'],
    ],
    ['texts', { from: 'b', to: 'c' }, ['a', 'b', 'bb', 'd'], ['b', 'bb']],
    ['rows without a value', { from: 1 }, [undefined], []],
  ])('holds %s', (_, window, values: (string | number | undefined)[], inside) => {
    expect(values.filter(windowTest(window))).toEqual(inside);
  });
});
