import { describe, expect, it } from '@jest/globals';
import { changeOf } from './change-of.ts';
import { differencesOf } from './differences.ts';

describe('the difference of two records', () => {
  it('names each field that differs, nested ones by their path; lists as a whole, null as nothing', () => {
    const before = {
      id: 1,
      traits: { city: 'Oslo', vip: true, 'odd name': 1, none: null },
      tags: ['a'],
      gone: { x: 1 },
    };
    const after = { id: 1, traits: { city: 'Bergen', vip: true }, tags: ['a', 'b'], made: { y: { z: 2 } } };
    expect(differencesOf(before, after)).toEqual([
      { field: 'gone.x', before: 1 },
      { field: 'made.y.z', after: 2 },
      { field: 'tags', before: ['a'], after: ['a', 'b'] },
      { field: 'traits.city', before: 'Oslo', after: 'Bergen' },
      { field: 'traits["odd name"]', before: 1 },
    ]);
    expect(differencesOf(before, structuredClone(before))).toEqual([]);
  });

  it('is bounded in count and length', () => {
    const wide = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}`, 'x'.repeat(5_000)]));
    const found = differencesOf(undefined, wide);
    expect(found).toHaveLength(100);
    expect(String(found[0]?.after)).toHaveLength(1_001);
  });

  it.each([
    [{ outcome: { status: 'ok' as const }, after: { a: 1 } }, 'create'],
    [{ outcome: { status: 'ok' as const }, before: { a: 1 }, after: { a: 2 } }, 'update'],
    [{ outcome: { status: 'ok' as const }, before: { a: 1 } }, 'delete'],
    [{ outcome: { status: 'ok' as const, effects: { created: 1 } } }, 'create'],
    [{ outcome: { status: 'superseded' as const }, before: { a: 1 }, after: { a: 1 } }, 'superseded'],
    [{ outcome: { status: 'retry' as const } }, 'unknown'],
    [undefined, 'unknown'],
  ])('of %j is told as %s', (peek, change) => {
    expect(changeOf(peek).change).toBe(change);
  });
});
