import { describe, expect, it } from '@jest/globals';
import { MillraceError, type PushRow, type Row } from '@millrace/sdk';
import { maxProfileBytes, readPart } from './index.ts';
import { defaultIdentityRules } from '../identity/index.ts';

const source = { connection: 'con_1', prefix: 'con_1/people/', run: 'run_1', rules: defaultIdentityRules };
const row = (record: Row, more: Partial<PushRow> = {}): PushRow => ({
  op: 'upsert',
  key: '1',
  at: '2024-05-01T00:00:00Z',
  seq: 0,
  record,
  ...more,
});
const named = (traits: unknown): PushRow => row({ identities: { email: 'a@x.com' }, traits });
const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'none';
  } catch (error) {
    return error instanceof MillraceError ? error.code : String(error);
  }
}

describe('readPart', () => {
  it('leaves out what is not said, and turns values into JSON', () => {
    const traits = { city: 'Oslo', blank: '', none: null, since: new Date(0), tags: ['a', null], zero: 0, no: false };
    const part = readPart(named(traits), source);
    expect(part.t).toEqual({ city: 'Oslo', since: '1970-01-01T00:00:00.000Z', tags: ['a', null], zero: 0, no: false });
    expect(part).toMatchObject({
      k: 'con_1/people/1',
      i: ['email:a@x.com'],
      a: Date.parse('2024-05-01T00:00:00Z'),
      b: 'run_1',
    });
  });

  it('gives equal content an equal hash, whatever the order of its keys', () => {
    expect(readPart(named({ a: 1, b: { c: 1, d: 2 } }), source).h).toBe(
      readPart(named({ b: { d: 2, c: 1 }, a: 1 }), source).h,
    );
    expect(readPart(named({ a: 1 }), source).h).not.toBe(readPart(named({ a: '1' }), source).h);
  });

  it('gives names that look alike one name, the composed one’s value first', () => {
    const [composed, decomposed] = ['pr\u00e9nom', 'pre\u0301nom'];
    const part = readPart(named({ [decomposed]: { [decomposed]: 'Zoë' }, a: 1, z: 1 }), source);
    expect(Object.entries(part.t)).toEqual(
      [
        ['a', 1],
        [composed, { [composed]: 'Zoë' }],
        ['z', 1],
      ].sort(),
    );
    const both = readPart(named({ [decomposed]: 'x', [composed]: 'Zoë' }), source);
    expect(both.t).toEqual({ [composed]: 'Zoë' });
    expect(both.h).toBe(readPart(named({ [composed]: 'Zoë', [decomposed]: 'x' }), source).h);
  });

  it.each([
    ['a dot', { 'a.b': 1 }],
    ['a dollar', { $set: 1 }],
    ['a prototype', JSON.parse('{"__proto__": 1}') as object],
    ['a nested operator', { a: { $gt: '' } }],
    ['an endless name', { ['x'.repeat(129)]: 1 }],
    ['a function', { a: () => 1 }],
    ['a class', { a: new Map() }],
    ['no number', { a: Number.POSITIVE_INFINITY }],
    ['a list instead of an object', [1]],
    ['too many', Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`t${i}`, 1]))],
    ['6 levels', { a: nested(6) }],
  ])('refuses traits with %s', (_, traits) =>
    expect(codeOf(() => readPart(named(traits), source))).toBe('invalid_trait'),
  );

  it('takes 5 levels', () => expect(codeOf(() => readPart(named({ a: nested(5) }), source))).toBe('none'));

  it.each([
    ['nobody', 'identity_missing', row({ traits: { a: 1 } })],
    ['only blanks', 'identity_missing', row({ identities: { email: '' } })],
    ['too much', 'profile_too_large', named({ a: 'x'.repeat(maxProfileBytes) })],
    ['no time', 'invalid_row', row({ identities: { user: 1 } }, { at: 'yesterday' })],
    ['the far future', 'invalid_row', row({ identities: { user: 1 } }, { at: '2999-01-01T00:00:00Z' })],
  ])('refuses %s', (_, code, given) => expect(codeOf(() => readPart(given, source))).toBe(code));

  it('makes a deletion a tombstone, without asking who', () => {
    expect(readPart(row({}, { op: 'delete' }), source)).toMatchObject({ d: true, t: {}, i: [] });
  });
});
