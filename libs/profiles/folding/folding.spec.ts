import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  connectionOf,
  digest,
  foldParts,
  joinParts,
  originOf,
  partKey,
  partPrefix,
  traitOrigins,
  type Part,
} from './index.ts';

// Small ranges on purpose: equal keys, times and values are where an order could show.
const arbitraryPart: fc.Arbitrary<Part> = fc
  .record({
    connection: fc.constantFrom('con_a', 'con_b'),
    record: fc.constantFrom('1', '2', '3'),
    a: fc.integer({ min: 1, max: 3 }),
    s: fc.integer({ min: 0, max: 2 }),
    b: fc.constantFrom('run_1', 'run_2'),
    t: fc.dictionary(fc.constantFrom('city', 'name', 'plan'), fc.constantFrom('x', 'y', 'z')),
    i: fc.uniqueArray(fc.constantFrom('email:a@x.com', 'email:b@x.com', 'con_a:1'), { minLength: 1 }),
    deleted: fc.constantFrom(false, false, false, true),
  })
  .map(({ connection, record, a, s, b, t, i, deleted }): Part => {
    const version = { k: partKey(partPrefix({ connection, stream: 'people' }), record), a, s, b };
    return deleted
      ? { ...version, t: {}, i: [], h: '~', n: 0, d: true }
      : { ...version, t, i: [...i].sort(), ...digest(t, [...i].sort()) };
  });
const versions = fc.array(arbitraryPart, { maxLength: 12 });
const priorities = fc
  .record({ con_a: fc.integer({ min: 0, max: 2 }), con_b: fc.integer({ min: 0, max: 2 }) })
  .map((of) => (connection: string) => of[connection as keyof typeof of]);

const profileOf = (parts: Part[], priorityOf?: (connection: string) => number) => ({
  ...foldParts(joinParts(parts), priorityOf),
  origins: traitOrigins(joinParts(parts), priorityOf),
});

describe('folding', () => {
  it('gives the same profile for any order, with repeats and late rows', () => {
    const shuffledWithRepeats = versions.chain((parts) =>
      fc.tuple(
        fc.constant(parts),
        fc.shuffledSubarray([...parts, ...parts], { minLength: parts.length * 2 }),
        priorities,
      ),
    );
    fc.assert(
      fc.property(shuffledWithRepeats, ([parts, shuffled, priorityOf]) => {
        const oneByOne = shuffled.reduce<Part[]>((known, part) => joinParts(known, [part]), []);
        expect(profileOf(oneByOne, priorityOf)).toEqual(profileOf(parts, priorityOf));
      }),
    );
  });

  it('makes the union of two profiles the fold of all their parts', () => {
    fc.assert(
      fc.property(versions, versions, (ours, theirs) => {
        const union = joinParts(joinParts(ours), joinParts(theirs));
        expect(union).toEqual(joinParts([...ours, ...theirs]));
        expect(foldParts(union)).toEqual(foldParts(joinParts([...theirs, ...ours])));
      }),
    );
  });

  it('forgets a connection as if it had never been there', () => {
    fc.assert(
      fc.property(versions, (parts) => {
        const without = (list: Part[]) => list.filter(({ k }) => connectionOf(k) !== 'con_a');
        expect(foldParts(without(joinParts(parts)))).toEqual(foldParts(joinParts(without(parts))));
      }),
    );
  });

  it('lets priority decide before time, and tells where a trait came from', () => {
    const part = (connection: string, a: number, city: string): Part => ({
      k: partKey(partPrefix({ connection, stream: 'public/people' }), '7'),
      a,
      s: 0,
      b: 'run_1',
      t: { city },
      i: [`${connection}:7`],
      ...digest({ city }, [`${connection}:7`]),
    });
    const parts = [part('con_crm', 1_000, 'Oslo'), part('con_shop', 2_000, 'Bergen')];
    const crmFirst = (connection: string): number => (connection === 'con_crm' ? 1 : 0);
    expect(foldParts(parts).traits).toEqual({ city: 'Bergen' });
    expect(foldParts(parts, crmFirst).traits).toEqual({ city: 'Oslo' });
    expect(traitOrigins(parts, crmFirst)).toEqual({
      city: { connection: 'con_crm', stream: 'public/people', key: '7', at: '1970-01-01T00:00:01.000Z' },
    });
  });
});

describe('part keys', () => {
  it('keep odd names apart, and stay bounded', () => {
    expect(partKey(partPrefix({ connection: 'a', stream: 'b/c' }), 'd')).not.toBe(
      partKey(partPrefix({ connection: 'a', stream: 'b' }), 'c/d'),
    );
    expect(originOf(partKey(partPrefix({ connection: 'a', stream: 'b/c' }), 'd/e'))).toEqual({
      connection: 'a',
      stream: 'b/c',
      key: 'd/e',
    });
    expect(partKey('a/b/', 'x'.repeat(10_000)).length).toBeLessThan(60);
  });
});
