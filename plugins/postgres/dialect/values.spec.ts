import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base64, instant, integer, local, number } from './values.ts';

describe('numbers', () => {
  it('lose nothing', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(BigInt(integer(String(value)))).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(number(String(value))) === value).toBe(true);
      }),
    );
  });

  it.each([
    ['2328.60', 2328.6],
    ['-0.000000000000001', -1e-15],
    ['123456789012345.6', 123456789012345.6],
    ['1234567890123456.78', '1234567890123456.78'],
    ['12345678901234567890', '12345678901234567890'],
    ['NaN', 'NaN'],
    ['-Infinity', '-Infinity'],
  ])('%s is %p', (text, value) => {
    expect(number(text)).toBe(value);
  });
});

describe('times', () => {
  it.each([
    [instant('2026-01-05 04:00:00.123456+00'), '2026-01-05T04:00:00.123456Z'],
    [instant('infinity'), 'infinity'],
    [instant('0044-03-15 00:00:00+00 BC'), '0044-03-15 00:00:00+00 BC'],
    [local('2026-03-29 02:30:00'), '2026-03-29T02:30:00'],
    [local('-infinity'), '-infinity'],
  ])('%s', (made, expected) => {
    expect(made).toBe(expected);
  });
});

it('bytes become base64', () => {
  expect(base64('\\x48656c6c6f')).toBe('SGVsbG8=');
});
