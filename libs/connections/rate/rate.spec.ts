import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spacingOf } from './rate.ts';

const units = { s: 1_000_000, min: 60_000_000, h: 3_600_000_000 };

describe('spacingOf', () => {
  it('holds the rate in every window, for requests that come as early as they may', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.constantFrom('s', 'min', 'h'), (most, unit) => {
        const { interval, burst } = spacingOf(`${most}/${unit}`);
        const times = Array.from({ length: 3 * most }, (_, i) => Math.max(0, i - burst + 1) * interval);
        const spans = times.slice(most).map((time, first) => time - (times[first] ?? 0));
        expect(Math.min(...spans)).toBeGreaterThanOrEqual(units[unit]);
      }),
    );
  });

  it('wastes little of it', () => {
    expect(spacingOf('10/s')).toEqual({ burst: 2, interval: 111_112 });
    expect(spacingOf('1/s')).toEqual({ burst: 1, interval: 1_000_000 });
  });

  it.each(['0/s', '10', '10/day', '-1/s', '1.5/s'])('refuses %s', (rate) => {
    expect(() => spacingOf(rate as '1/s')).toThrow(expect.objectContaining({ code: 'invalid_connector' }));
  });
});
