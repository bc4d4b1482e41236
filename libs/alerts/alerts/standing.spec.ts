import { describe, expect, it } from '@jest/globals';
import { mostSyncs } from './alert.schema.ts';
import { Standing } from './standing.ts';

const now = new Date();
const place = { rule: 'rul_1', kind: 'lag' as const, group: 'connection:con_1' };
const alertOf = (count: number) => ({
  ...place,
  syncs: Array.from({ length: count }, (_, i) => ({
    ...{ sync: `syn_${i}`, name: 'x', occasion: 'x', message: 'x', since: now },
    ...(i === 0 && { recoveredAt: now }),
  })),
});

describe('what stands in open alerts', () => {
  it('knows that an alert can hold no further sync, which then costs no query at every look', () => {
    const standing = new Standing([alertOf(mostSyncs)], now);
    expect(standing.hasNoRoom(place, 'syn_other')).toBe(true);
    expect(standing.hasNoRoom(place, 'syn_0')).toBe(false); // it is back
    expect(standing.hasNoRoom({ ...place, group: 'connection:con_2' }, 'syn_other')).toBe(false);
  });

  it('lets further syncs into an alert that has room', () => {
    expect(new Standing([alertOf(mostSyncs - 1)], now).hasNoRoom(place, 'syn_other')).toBe(false);
  });
});
