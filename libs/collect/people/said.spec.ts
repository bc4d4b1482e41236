import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { personOf } from './person-of.ts';
import { storableFields } from './storable.ts';
import { addSaying, nothingSaid, type Said, type Saying } from './said.ts';

const saying = fc.record({
  who: fc.constant('user:1'),
  at: fc.integer({ min: 0, max: 5 }),
  order: fc.string({ minLength: 1, maxLength: 3 }),
  traits: fc.dictionary(fc.constantFrom('city', 'plan', 'toString'), fc.oneof(fc.string(), fc.constant(null))),
  ids: fc.record({ anonymous: fc.array(fc.constantFrom('a', 'b', 'c', 'valueOf'), { maxLength: 3 }) }),
});
const sayings = fc.uniqueArray(saying, { maxLength: 8, selector: ({ order }) => order });

const fold = (all: Saying[]): Said => all.reduce(addSaying, nothingSaid());

describe('what was said about a person', () => {
  it('is the same in whatever order, repeated or late', () =>
    fc.assert(
      fc.property(sayings, fc.infiniteStream(fc.nat()), (all, luck) => {
        const shuffled = [...all, ...all]
          .map((one) => ({ one, place: luck.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        expect(fold(shuffled)).toEqual(fold(all));
      }),
    ));

  it('is the newest of each field, and every identity', () => {
    const of = (at: number, traits: object, anonymous: string[]): Saying => ({
      who: 'user:1',
      at,
      order: String(at),
      traits: { ...traits },
      ids: { user: ['1'], anonymous },
    });
    const said = fold([of(3, { email: 'new@x.com' }, ['b']), of(1, { email: 'old@x.com', plan: 'pro' }, ['a'])]);
    expect(personOf(said)).toEqual({
      identities: { user: ['1'], anonymous: ['a', 'b'], email: 'new@x.com' },
      traits: { email: 'new@x.com', plan: 'pro' },
    });
  });

  it('has every id, whatever objects have of that name', () => {
    const ids = { user: ['__proto__'], anonymous: ['constructor', 'toString', '__proto__'] };
    const said = fold([1, 2].map((at) => ({ who: 'user:__proto__', at, order: String(at), traits: {}, ids })));
    const stored = JSON.parse(JSON.stringify(said)) as Said;
    expect(personOf(stored).identities).toEqual({ ...ids, anonymous: [...ids.anonymous].sort() });
    expect(Object.values(stored.ids).flatMap((times) => Object.values(times))).toEqual([2, 2, 2, 2]);
  });

  it('keeps an address that is none a trait only', () => {
    const said = fold([{ who: 'user:1', at: 1, order: '', traits: { email: 'n/a', phone: 'none' }, ids: {} }]);
    expect(personOf(said)).toEqual({ identities: {}, traits: { email: 'n/a', phone: 'none' } });
  });
});

describe('storableFields', () => {
  it('gives names that can be stored, whatever they were', () => {
    const given = JSON.parse('{"utm.source":1,"$set":2,"__proto__":{"a.b":[{"$x":3}]},"":4}') as Record<
      string,
      unknown
    >;
    expect(Object.entries(storableFields(given) ?? {})).toEqual([
      ['utm_source', 1],
      ['set', 2],
      ['___proto__', { a_b: [{ x: 3 }] }],
      ['_', 4],
    ]);
  });

  it('refuses what is too deep', () => {
    expect(() => storableFields({ a: [[[[[[1]]]]]] })).toThrow(/levels/);
  });
});
