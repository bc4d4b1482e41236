import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from './parse-json.ts';

describe('JSON whose numbers are to stay exact', () => {
  it.each([
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['[9007199254740991,-9007199254740991,1234567890123456]', [9007199254740991, -9007199254740991, 1234567890123456]],
    ['{"id":12345678901234567890,"n":1}', { id: '12345678901234567890', n: 1 }],
    ['[ 9007199254740992 , 9007199254740993 ]', ['9007199254740992', '9007199254740993']],
    ['[0.12345678901234567,1234567890123456.5,1e-0000000000000001]', [0.12345678901234567, 1234567890123456.5, 0.1]],
    ['{"9007199254740993":"9007199254740993"}', { '9007199254740993': '9007199254740993' }],
    ['["\\"9007199254740993","\\\\",9007199254740993]', ['"9007199254740993', '\\', '9007199254740993']],
    ['"7"', '7'],
    ['\ufeff{"id":9007199254740993}', { id: '9007199254740993' }],
  ])('%s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each(['', '{"id":9007199254740993', '[9007199254740993,]', '\ufeff', '\ufeff\ufeff{}'])(
    'refuses %s as JSON.parse does',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  it.each([
    ['[', ']'],
    ['{"a":', '}'],
    ['[{"a":1,"b":', '}]'],
  ])('refuses %s…%s over and over, as what reads it would not come to its end', (open, close) => {
    const nested = (times: number): string => `${open.repeat(times)}0${close.repeat(times)}`;
    const levels = (open.match(/[[{]/g) ?? []).length;
    expect(JSON.stringify(parseJson(nested(100 / levels)))).toBe(nested(100 / levels));
    expect(() => parseJson(nested(100 / levels + 1))).toThrow(SyntaxError);
    expect(() => parseJson(nested(100_000))).toThrow(/100 levels/);
  });

  it('is as exact whatever stands around', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.bigInt(), (text, integer) => {
        const around = JSON.stringify({ [text]: `${text}${integer}` });
        const parsed = parseJson(`[${around},${integer},${around}]`) as unknown[];
        expect(parsed[0]).toEqual(JSON.parse(around));
        expect(BigInt(parsed[1] as string)).toBe(integer);
        expect(parsed[2]).toEqual(parsed[0]);
      }),
    );
  });
});
