import { describe, expect, it } from '@jest/globals';
import { compileMapping } from './compile-mapping.ts';
import { mappingReference } from './reference.ts';
import { transforms } from './transforms/table.ts';

const apply = (pipe: string, value: unknown): unknown =>
  compileMapping({ result: `value | ${pipe}` }).map({ value }).result;
const failure = (pipe: string, value: unknown) => () => apply(pipe, value);
const nestedLists = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('every transform', () => {
  it.each([...transforms.values()].map((transform) => [transform.name, transform] as const))(
    '%s does what its example says',
    (name, { example }) => {
      expect(apply(example.args === '' ? name : `${name}(${example.args})`, example.value)).toEqual(example.result);
    },
  );

  it('is in the reference', () => {
    const reference = mappingReference();
    expect(reference.map((entry) => entry.name)).toEqual([...transforms.keys()]);
    expect(reference.find((entry) => entry.name === 'trim')).toEqual({
      name: 'trim',
      args: 'trim()',
      description: 'Removes white space at both ends.',
      example: '" Ann " | trim → "Ann"',
    });
  });

  it('passes null and missing values on, and maps lists element by element', () => {
    expect(apply('trim', null)).toBeNull();
    expect(apply('trim', undefined)).toBeUndefined();
    expect(apply('lower', ['A', null, 'B'])).toEqual(['a', 'b']);
    expect(apply('multiply(2) | sum', ['1', 2, ''])).toBe(6);
  });
});

describe('number', () => {
  it.each([
    ['number', '12', 12],
    ['number', ' -0.5 ', -0.5],
    ['number', '1e3', 1000],
    ["number(',')", '1.234,56', 1234.56],
    ["number(',')", "1'234,5", 1234.5],
    ["number(',')", '12', 12],
    ["number('.')", '1,234.56', 1234.56],
  ])('%s reads %j', (pipe, text, number) => expect(apply(pipe, text)).toBe(number));

  it.each(['', null, undefined, '  '])('gives nothing for %j', (value) => {
    expect(apply('number', value)).toBeUndefined();
    expect(apply('integer', value)).toBeUndefined();
  });

  it.each([
    ['number', '1.234,56'],
    ['number', '1,234'],
    ['number', '0x10'],
    ['number', 'Infinity'],
    ['number', '12345678901234567890'],
    ['number', true],
    ["number(',')", '1.5'],
    ["number(',')", '1.23.456'],
    ["number('.')", '1.234,56'],
    ['integer', '12.5'],
  ])('%s refuses %j rather than misread it', (pipe, value) => {
    expect(failure(pipe, value)).toThrow(expect.objectContaining({ code: 'mapping_failed' }));
  });

  it('names the target and shortens the value', () => {
    expect(failure('number', 'x'.repeat(99))).toThrow(/^Target "result": needs .* "x{39}…"/);
  });
});

describe('date', () => {
  it.each([
    ['date', '2024-01-31', '2024-01-31T00:00:00.000Z'],
    ['date', '2024-01-31 10:20', '2024-01-31T10:20:00.000Z'],
    ['date', '2024-01-31T10:20:30.123456+02:00', '2024-01-31T08:20:30.123Z'],
    ['date', 1706696430, '2024-01-31T10:20:30.000Z'],
    ['date', '1706696430123', '2024-01-31T10:20:30.123Z'],
    ["date('s')", 0, '1970-01-01T00:00:00.000Z'],
    ["date('DD.MM.YYYY HH:mm')", '31.01.2024 10:20', '2024-01-31T10:20:00.000Z'],
    ["date('M/D/YY h:mm A')", '1/5/24 12:05 AM', '2024-01-05T00:05:00.000Z'],
    ["date('YYYYMMDD')", 20240131, '2024-01-31T00:00:00.000Z'],
    ["date('YYYY-MM-DD[T]HH:mm Z')", '2024-01-31T10:20 +0200', '2024-01-31T08:20:00.000Z'],
    ["date('DD.MM.YYYY HH:mm', 'Europe/Berlin')", '01.07.2024 12:00', '2024-07-01T10:00:00.000Z'],
    ["date('YYYY-MM-DD HH:mm', 'America/New_York')", '2024-03-10 03:30', '2024-03-10T07:30:00.000Z'],
  ])('%s reads %j', (pipe, value, time) => expect(apply(pipe, value)).toBe(time));

  it.each([
    ['date', '31.01.2024'],
    ['date', '2023-02-29'],
    ['date', '2024-01-31T25:00'],
    ['date', '20240131'],
    ['date', true],
    ["date('DD.MM.YYYY')", '31.02.2024'],
    ["date('h A YYYY')", '13 PM 2024'],
  ])('%s refuses %j', (pipe, value) => {
    expect(failure(pipe, value)).toThrow(expect.objectContaining({ code: 'mapping_failed' }));
  });
});

describe('the rest', () => {
  it('lookup gives what is listed, the alternative, or nothing', () => {
    expect(apply("lookup('de=Germany, at=Austria')", 'at')).toBe('Austria');
    expect(apply('lookup({"1": true}, false)', 2)).toBe(false);
    expect(apply('lookup({"1": true})', 'toString')).toBeUndefined();
  });

  it('slice cuts no character in two', () => expect(apply('slice(0, 1)', '😀x')).toBe('😀'));

  it('default stands in for missing, null and empty', () => {
    expect([undefined, null, '', 0, false].map((value) => apply("default('x')", value))).toEqual([
      'x',
      'x',
      'x',
      0,
      false,
    ]);
  });

  it('round works on the decimal text', () => {
    expect([apply('round(2)', -1.005), apply('round', 2.5), apply('round(1)', '1e-9')]).toEqual([-1.01, 3, 0]);
  });

  it('chains cannot grow a text without end', () => {
    const doubling = Array.from({ length: 31 }, () => "replace('a', 'aa')").join(' | ');
    expect(failure(doubling, 'a')).toThrow(/longer than/);
    expect(failure(Array.from({ length: 32 }, () => 'json').join('|'), '"')).toThrow(/longer than/);
  });

  it('parseJson keeps an integer that a number cannot hold as text', () => {
    expect(apply('parseJson', '{"order":12345678901234567891,"n":1}')).toEqual({ order: '12345678901234567891', n: 1 });
  });

  it('parseJson refuses what is no JSON or too deep to be stored, so that the row alone is rejected', () => {
    for (const text of ['{"a":', nestedLists(101), nestedLists(8000)]) {
      expect(failure('parseJson', text)).toThrow(/^Target "result": needs JSON text of at most 100 levels/);
    }
    expect(apply('parseJson | json', nestedLists(100))).toBe(nestedLists(100));
  });

  it('an overflow is no number', () => expect(failure('multiply(1e308) | multiply(10)', 1)).toThrow(/finite/));
});
