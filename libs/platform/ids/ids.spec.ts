import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';
import { contentHash, hashText } from './content-hash.ts';
import { newId } from './new-id.ts';
import { sortedKeys } from './sorted-keys.ts';

describe('newId', () => {
  it('sorts by time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 2 }), (at) => {
        expect(newId('run', at) < newId('run', at + 1)).toBe(true);
        expect(newId('run', at)).toMatch(/^run_[0-9A-HJKMNP-TV-Z]{26}$/);
      }),
    );
  });

  it('does not repeat itself within a millisecond', () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newId('x', 1)));
    expect(ids.size).toBe(10_000);
  });
});

describe('canonicalJson', () => {
  it('means the same as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
        const reversed = Object.fromEntries(Object.entries(fields).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(fields));
      }),
    );
  });

  it('treats what JSON has no word for as JSON.stringify does', () => {
    const value = { b: undefined, a: [undefined, Number.NaN, -0], d: new Date(0), f: () => 1, n: 1n };
    expect(canonicalJson(value)).toBe('{"a":[null,null,0],"d":"1970-01-01T00:00:00.000Z","n":1}');
    expect(canonicalJson(undefined)).toBe('null');
  });
});

describe('contentHash', () => {
  it('is the SHA-256 of the canonical JSON', () => {
    expect(contentHash({ b: 1, a: 'é' })).toBe(hashText('{"a":"é","b":1}'));
    expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

it('sortedKeys orders as sort does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.constant(1), { maxKeys: 40 }), (object) => {
      expect(sortedKeys(object)).toEqual(Object.keys(object).sort());
    }),
  );
});
