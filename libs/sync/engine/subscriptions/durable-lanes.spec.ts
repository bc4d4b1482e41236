import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import { deliveredLanes, durableLanes, openLanes } from './durable-lanes.ts';
import { laneField, laneOf } from './lane-names.ts';

const run = (startsFrom?: object) => ({ plan: { startsFrom } }) as Parameters<typeof durableLanes>[0];

describe('the lanes of a run', () => {
  it('go on where the latest of their holders has committed', () => {
    const slices: Pick<SliceDocument, 'lanes'>[] = [
      { lanes: { a: { resume: 7, term: 3 }, b: { resume: 2, term: 1 } } },
      { lanes: { a: { resume: 9, term: 2 }, 'c%2e1': { below: 4 } } },
      {},
    ];
    expect(durableLanes(run({ lanes: { a: 1, 'c.1': 5 } }), slices)).toEqual({ a: 7, b: 2, 'c.1': 5 });
  });

  it('are forgotten when they have ended', () => {
    expect(openLanes(durableLanes(run({ lanes: { a: 1, b: 1 } }), [{ lanes: { a: { resume: null } } }]))).toEqual({
      b: 1,
    });
  });

  it('go back behind what was not delivered, when nobody is to deliver it any more', () => {
    const slices: Parameters<typeof deliveredLanes>[1] = [
      { lanes: { a: { resume: 7 } }, batches: ['bat_1'], undelivered: { lane: 'a', from: 5 } },
      { lanes: { b: { resume: 2 } }, batches: ['bat_2'], undelivered: { lane: 'b' } },
      { lanes: { c: { resume: 3 } }, batches: [], undelivered: { lane: 'c', from: 1 } },
    ];
    expect(deliveredLanes(run(), slices)).toEqual({ a: 5, c: 3 });
  });

  it('make nothing of a state that is none of theirs', () => {
    expect(durableLanes(run({ cursor: 4 }), [])).toEqual({});
    expect(durableLanes(run(), [])).toEqual({});
  });

  it('have names that a database takes for nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (lane) => {
        expect(laneField(lane)).not.toMatch(/[.$\0]/);
        expect(laneOf(laneField(lane))).toBe(lane);
      }),
    );
  });
});
