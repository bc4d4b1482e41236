import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MillraceError } from '../errors/index.ts';
import type { Json } from '../json.ts';
import { compileCondition, describeCondition, refuseVainTests, type Condition, type Operator } from './index.ts';

const now = new Date('2024-06-30T00:00:00Z');
const row = {
  country: 'Brazil',
  age: 30,
  zip: '30',
  tags: ['vip', 'new'],
  address: { city: 'Rio' },
  seen: '2024-06-20T10:00:00+02:00',
  nothing: null,
  orders: [{ total: 5 }, { total: 9 }],
};

const holds = (field: string, is: Operator, value?: Json) => compileCondition({ field, is, value }, { now })(row);

describe('compileCondition', () => {
  it.each<[string, Operator, Json | undefined, boolean]>([
    ['country', 'equals', 'Brazil', true],
    ['country', 'equals', 'brazil', false],
    ['age', 'equals', 30, true],
    ['age', 'equals', '30', false],
    ['zip', 'equals', 30, false],
    ['zip', 'atLeast', 10, true],
    ['zip', 'lessThan', 30, false],
    ['country', 'atLeast', 0, false],
    ['nothing', 'equals', null, true],
    ['absent', 'notEquals', 'x', true],
    ['address', 'equals', { city: 'Rio' }, true],
    ['seen', 'equals', '2024-06-20T08:00:00Z', true],
    ['seen', 'in', ['x', '2024-06-20T08:00:00.000Z'], true],
    ['country', 'in', ['Chile', 'Brazil'], true],
    ['absent', 'notIn', ['x'], true],
    ['tags', 'contains', 'vip', true],
    ['tags', 'contains', 'vi', false],
    ['country', 'contains', 'raz', true],
    ['orders[*].total', 'contains', 9, true],
    ['country', 'startsWith', 'Bra', true],
    ['country', 'endsWith', 'zil', true],
    ['age', 'startsWith', '3', false],
    ['age', 'greaterThan', 30, false],
    ['age', 'atLeast', 30, true],
    ['age', 'lessThan', 31, true],
    ['age', 'atMost', 29, false],
    ['seen', 'greaterThan', '2024-06-20', true],
    ['seen', 'atLeast', { ago: '30d' }, true],
    ['seen', 'atLeast', { ago: '1w' }, false],
    ['absent', 'lessThan', 5, false],
    ['country', 'exists', undefined, true],
    ['nothing', 'exists', undefined, false],
    ['nothing', 'missing', undefined, true],
    ['constructor_', 'missing', undefined, true],
  ])('%s %s %j is %s', (field, is, value, expected) => expect(holds(field, is, value)).toBe(expected));

  it('joins conditions', () => {
    const brazil: Condition = { field: 'country', is: 'equals', value: 'Brazil' };
    const child: Condition = { field: 'age', is: 'lessThan', value: 18 };
    expect(compileCondition({ all: [brazil, { not: child }] })(row)).toBe(true);
    expect(compileCondition({ all: [brazil, child] })(row)).toBe(false);
    expect(compileCondition({ any: [child, brazil] })(row)).toBe(true);
  });

  it('counts { ago } from the time of compiling by default', () => {
    const lately = compileCondition({ field: 'at', is: 'atLeast', value: { ago: '1h' } });
    expect(lately({ at: new Date().toISOString() })).toBe(true);
    expect(lately({ at: new Date('2001-01-01') })).toBe(false);
  });

  const nested = (depth: number): Condition =>
    depth === 0 ? { field: 'a', is: 'exists' } : { not: nested(depth - 1) };

  it.each<[unknown, RegExp]>([
    [null, /a condition is/],
    [{}, /a condition is/],
    [{ all: [] }, /at all: it needs a list of at least one/],
    [{ any: [{ field: 'a', is: 'like', value: 1 }] }, /at any\[0\]\.is: there is no operator "like"; known are equals/],
    [{ not: { field: 'a', is: 'equals' } }, /at not\.value: "equals" needs a value/],
    [{ field: 'a', is: 'toString', value: 1 }, /no operator "toString"/],
    [{ field: 'a', is: 'exists', value: 1 }, /takes no value/],
    [{ field: 'a', is: 'atLeast', value: 'B' }, /needs a number, an ISO time or/],
    [{ field: 'a', is: 'atLeast', value: { ago: '3 moons' } }, /needs a number, an ISO time or/],
    [{ field: 'a', is: 'in', value: [] }, /needs a list/],
    [{ field: 'a.__proto__', is: 'exists' }, /"__proto__" is not allowed/],
    [{ field: 'a', is: 'exists', extra: 1 }, /a condition is/],
    [nested(11), /more than 10 levels/],
    [{ all: Array.from({ length: 101 }, () => nested(0)) }, /more than 100 tests/],
  ])('refuses %j', (condition, message) => {
    expect(() => compileCondition(condition as Condition)).toThrow(message);
    expect(() => describeCondition(condition as Condition)).toThrow(
      expect.objectContaining({ code: 'invalid_condition' }),
    );
  });

  it('throws nothing but MillraceErrors, and a negation is always the opposite', () => {
    const values = fc.oneof(fc.jsonValue(), fc.constantFrom<Json>('2024-01-01', { ago: '1d' }));
    fc.assert(
      fc.property(fc.string(), values, fc.dictionary(fc.string(), fc.jsonValue()), (field, value, record) => {
        try {
          const positive = compileCondition({ field, is: 'equals', value: value as Json });
          expect(compileCondition({ field, is: 'notEquals', value: value as Json })(record)).toBe(!positive(record));
        } catch (error) {
          if (!(error instanceof MillraceError)) throw error;
        }
      }),
    );
  });
});

describe('refuseVainTests', () => {
  it.each<[unknown, RegExp]>([
    [{ field: 'at', is: 'equals', value: { ago: '30d' } }, /at value: "equals" does not compare with { ago }/],
    [{ all: [{ not: { field: 'at', is: 'in', value: ['x', { ago: '1d' }] } }] }, /at all\[0\]\.not\.value: "in"/],
    [{ computed: { where: { field: 'at', is: 'notEquals', value: { ago: 1 } } } }, /at computed\.where\.value/],
    [{ field: 'name', is: 'contains', value: '' }, /at value: every text contains an empty one/],
  ])('refuses %j', (given, message) => expect(() => refuseVainTests(given)).toThrow(message));

  it.each<unknown>([
    { field: 'at', is: 'atLeast', value: { ago: '30d' } },
    { field: 'address', is: 'equals', value: { city: 'Rio' } },
    { field: 'name', is: 'equals', value: '' },
    undefined,
  ])('lets %j pass', (given) => expect(() => refuseVainTests(given)).not.toThrow());

  it('leaves what was saved before as it is', () => {
    const saved = compileCondition({ field: 'name', is: 'contains', value: '' });
    expect(saved({ name: 'Ann' })).toBe(true);
  });
});

describe('describeCondition', () => {
  it('makes a sentence', () => {
    const vip: Condition = { field: 'traits.tags', is: 'contains', value: 'vip' };
    const brazil: Condition = { field: 'traits.country', is: 'equals', value: 'Brazil' };
    const lately: Condition = { field: 'seen', is: 'atLeast', value: { ago: '30d' } };
    expect(describeCondition({ all: [brazil, { not: vip }] })).toBe(
      'traits.country is "Brazil" and not (traits.tags contains "vip")',
    );
    expect(describeCondition({ any: [{ all: [brazil, lately] }, { field: 'x', is: 'missing' }] })).toBe(
      '(traits.country is "Brazil" and seen is in the last 30 days) or x is missing',
    );
    expect(describeCondition({ field: 'c', is: 'in', value: ['a', 1] })).toBe('c is one of "a", 1');
  });
});
