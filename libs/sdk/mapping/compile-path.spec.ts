import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MillraceError } from '../errors/index.ts';
import { compilePath } from './compile-path.ts';

const row = {
  a: { b: 1, 'odd name': 2 },
  list: [{ price: 1, tags: ['x', 'y'] }, { price: 2 }, { tags: ['z'] }],
  $source: 's',
};

describe('compilePath', () => {
  it.each<[string, unknown]>([
    ['a.b', 1],
    ['a["odd name"]', 2],
    ["['a'].b", 1],
    ['list[0].price', 1],
    ['list[-1].tags[0]', 'z'],
    ['list.1.price', 2],
    ['list[*].price', [1, 2]],
    ['list[*].tags[*]', ['x', 'y', 'z']],
    ['list[*].tags', [['x', 'y'], ['z']]],
    ['a[*]', undefined],
    ['$source', 's'],
    ['$.a.b', 1],
    ['$', row],
    ['toString', undefined],
    ['list.map', undefined],
  ])('reads %s', (path, value) => expect(compilePath(path)(row)).toEqual(value));

  it('reads a name however its letters are composed, first as it is written', () => {
    const [composed, decomposed] = ['Größe', 'Größe'.normalize('NFD')];
    expect(compilePath(`a.${decomposed}`)({ a: { [composed]: 1 } })).toBe(1);
    expect(compilePath(`a["${composed}"]`)({ a: { [decomposed]: 2 } })).toBe(2);
    const both = { [composed]: 1, [decomposed]: 2 };
    expect([composed, decomposed].map((name) => compilePath(name)(both))).toEqual([1, 2]);
    expect(compilePath(composed)({ Grosse: 1 })).toBeUndefined();
  });

  it.each([
    '',
    'a.',
    '.a',
    'a b',
    'a[',
    'a[x]',
    'a["x]',
    '__proto__',
    'a.constructor',
    'a["prototype"]',
    'a | trim',
    'x'.repeat(2001),
  ])('refuses %j', (path) =>
    expect(() => compilePath(path)).toThrow(expect.objectContaining({ code: 'invalid_mapping' })),
  );

  it('reads what a naive walk over own properties reads', () => {
    const name = fc.constantFrom('a', 'b', 'c d', 'length');
    const step = fc.oneof(
      name.map((key) => ({ text: `["${key}"]`, walk: (value: unknown) => ownProperty(value, key) })),
      fc.integer({ min: -3, max: 3 }).map((index) => ({
        text: `[${index}]`,
        walk: (value: unknown) => (Array.isArray(value) ? (value.at(index) as unknown) : undefined),
      })),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        fc.integer(),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(name, tie('tree'), { maxKeys: 3 }),
      ),
    }));
    const data = fc.dictionary(name, tree, { maxKeys: 3 });
    fc.assert(
      fc.property(data, fc.array(step, { minLength: 1, maxLength: 4 }), (value, steps) => {
        const naive = steps.reduce<unknown>((at, { walk }) => walk(at), value);
        expect(compilePath(`$${steps.map(({ text }) => text).join('')}`)(value)).toEqual(naive);
      }),
    );
  });

  it('throws nothing but invalid_mapping for any text', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a.[]*"\'|$-0\\ u') }));
    fc.assert(
      fc.property(text, (path) => {
        try {
          compilePath(path);
        } catch (error) {
          expect(error).toBeInstanceOf(MillraceError);
          expect(error).toMatchObject({ code: 'invalid_mapping' });
        }
      }),
    );
  });
});

function ownProperty(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}
