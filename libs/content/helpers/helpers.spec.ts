import { describe, expect, it } from '@jest/globals';
import Handlebars from 'handlebars';
import { helperReference } from './reference.ts';
import { registerHelpers, type HelperNote, type RenderFrame } from './register.ts';
import { helpers } from './table.ts';

const notes: HelperNote[] = [];
const environment = Handlebars.create();
registerHelpers(environment, (note) => notes.push(note), { hmacSecret: 'secret' });

function render(template: string, data: object = {}, frame: Partial<RenderFrame> = {}): string {
  return environment
    .compile(template, { noEscape: true })(data, { data: { assigned: {}, ...frame } })
    .replaceAll(/[\u00a0\u202f]/g, ' ');
}

describe('the examples of the reference', () => {
  it.each(helpers.map((helper) => [helper.usage, helper] as const))('%s', (_, { example }) => {
    expect(render(example.template, example.data)).toBe(example.output);
  });

  it('covers each name once', () => {
    const names = helperReference().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(30);
  });
});

describe('edge cases', () => {
  it.each<[string, object, string]>([
    ['{{defaultIfEmpty n "x"}}', { n: 0 }, '0'],
    ['{{defaultIfEmpty n "x"}}', { n: null }, 'x'],
    ['{{defaultIfEmpty n "x"}}', { n: ' ' }, ' '],
    ['{{upper missing}}|{{length missing}}|{{join missing ","}}', {}, '|0|'],
    ['{{capitalize t fully=true}}', { t: 'ANN lee' }, 'Ann Lee'],
    ['{{join a b ", "}}', { a: 'x', b: 'y' }, 'x, y'],
    ['{{join l "," prefix="[" suffix="]"}}', { l: [1, 2] }, '[1,2]'],
    ['{{replace t "$1" "$&"}}', { t: 'a$1' }, 'a$&'],
    ['{{replace t "" "x"}}', { t: 'ab' }, 'ab'],
    ['{{truncate t 3}}', { t: 'abc' }, 'abc'],
    ['{{truncate t 2}}', { t: '👋👋👋' }, '👋…'],
    ['{{math "3" "/" 0}}|{{math x "+" 1}}', {}, '|'],
    ['{{math 0.1 "+" 0.2}}', {}, '0.3'],
    ['{{math 7 "%" 4}}', {}, '3'],
    ['{{numberFormat n}}', { n: '1234567.891' }, '1,234,567.891'],
    ['{{numberFormat n "integer"}}', { n: 2.5 }, '2'],
    ['{{numberFormat n "percent"}}', { n: 0.256 }, '26%'],
    ['{{numberFormat n "currency" "de_DE"}}', { n: 1234.5 }, '1.234,50 €'],
    ['{{numberFormat n "currency" currency="JPY"}}', { n: 1234.5 }, '¥1,234'],
    ['{{numberFormat n maximumFractionDigits=1 groupingUsed=false}}', { n: 12345.67 }, '12345.7'],
    ['{{numberFormat n minimumFractionDigits=2}}', { n: 3 }, '3.00'],
    ['{{numberFormat n}}|{{numberFormat t}}', { t: 'many' }, '|many'],
    ['{{dateFormat d "yyyy-MM-dd HH:mm"}}', { d: '2024-02-29' }, '2024-02-29 00:00'],
    ['{{dateFormat d "EEE, d MMM yy" "de"}}', { d: '2024-02-29' }, 'Do, 29 Feb. 24'],
    ["{{dateFormat d \"hh:mm a 'o''clock'\"}}", { d: '2024-02-29T12:05:00Z' }, "12:05 PM o'clock"],
    ['{{dateFormat d format="HH:mm XXX" tz="America/New_York"}}', { d: '2024-07-01T00:00:00Z' }, '20:00 -04:00'],
    ['{{dateFormat d}}', { d: 1709164800 }, 'Feb 29, 2024'],
    ['{{dateFormat d "full"}}', { d: 1709164800000 }, 'Thursday, February 29, 2024'],
    ['{{dateFormat d}}', { d: 'soon' }, 'soon'],
    ['{{#eq a null}}none{{/eq}}', {}, 'none'],
    ['{{#eq a ""}}yes{{else}}no{{/eq}}', {}, 'no'],
    ['{{eq a "x" yes="Y" no="N"}}', { a: 'x' }, 'Y'],
    ['{{#if (eq a "x")}}in{{/if}}', { a: 'x' }, 'in'],
    ['{{#gt a 5}}yes{{else}}no{{/gt}}', { a: '10' }, 'yes'],
    ['{{#gt a 5}}yes{{else}}no{{/gt}}{{#lt a 5}}yes{{else}}no{{/lt}}', { a: null }, 'nono'],
    ['{{#greaterThan (length items) 0}}some{{/greaterThan}}', { items: [1] }, 'some'],
    ['{{#and a b c}}yes{{else}}no{{/and}}', { a: 1, b: 'x', c: true }, 'yes'],
    ['{{insert name "default=you"}}{{insert name "you"}}', {}, 'youyou'],
    ['{{#each (last l 2)}}{{this}}{{/each}}', { l: [1, 2, 3] }, '23'],
    ['{{#each (limit l -1)}}x{{else}}none{{/each}}', { l: [1] }, 'none'],
    ['{{truncate t 3}}', { t: '👨‍👩‍👧 family' }, '👨‍👩‍👧…'],
    ['{{truncate t 3}}', { t: 'o\u0308o\u0308o\u0308o\u0308' }, 'o\u0308o\u0308…'],
    ['{{substring t 0 1}}|{{substring t 1 3}}|{{substring t 2}}', { t: '😀 Ann' }, '😀| A|Ann'],
    ['{{dateFormat t "yyyy-MM-dd"}}', { t: '20240601' }, '2024-06-01'],
    ['{{dateFormat t "yyyy-MM-dd"}}', { t: '1717200000' }, '2024-06-01'],
    ['{{length t}}', { t: '🇳🇴e\u0301' }, '2'],
    ['{{math n "+" 1}}', { n: 1234567890123456 }, '1234567890123457'],
    ['{{numberFormat n "currency"}}', { n: -0.001 }, '$0.00'],
    ['{{numberFormat n}}', { n: -0.0001 }, '0'],
    ['{{numberFormat n "$#,##0.00"}}', { n: -5.5 }, '-$5.50'],
    ['{{numberFormat n}}', { n: '0x1F' }, '0x1F'],
    ['{{numberFormat n}}', { n: '12345678901234567890' }, '12345678901234567890'],
    ['{{numberFormat n "currency" "ro-RO"}}', { n: 5 }, '5,00 RON'],
    ['{{numberFormat n "currency" "xx"}}', { n: 5 }, '¤5.00'],
    ['{{#contains l t}}yes{{/contains}}', { l: ['{:'], t: '{:' }, 'yes'],
    ['{{{toJson t}}}', { t: '</script>' }, String.raw`"\u003c/script>"`],
  ])('%s of %j', (template, data, output) => expect(render(template, data)).toBe(output));

  it('writes in the locale of the mail', () => {
    const frame = { locale: 'de', timeZone: 'Europe/Berlin' };
    expect(
      render('{{numberFormat n}} {{dateFormat d "d. MMMM HH:mm"}}', { n: 1.5, d: '2024-03-01T00:30:00Z' }, frame),
    ).toBe('1,5 1. März 01:30');
  });

  it('writes capitals of the language', () => {
    const template = '{{upper t}} {{capitalize t}} {{capitalizeFirst t}}';
    expect(render(template, { t: 'istanbul' }, { locale: 'tr' })).toBe('İSTANBUL İstanbul İstanbul');
  });

  it.each<[string, object, string]>([
    ['{at, date, long}', { at: '2024-06-30T23:00:00Z' }, '1 lipca 2024'],
    ['{at, date, long}', { at: 1719788400 }, '1 lipca 2024'],
    ['{at, time, short}', { at: '2024-06-30T23:00:00Z' }, '01:00'],
    ['[{at, date}]', { at: null }, '[]'],
    ['{at, plural, one {# plik} few {# pliki} many {# plików} other {# pliku}}', { at: '22' }, '22 pliki'],
    ['{at, plural, one {# plik} few {# pliki} many {# plików} other {# pliku}}', { at: 5 }, '5 plików'],
  ])('puts values into the string %s of %j', (text, data, output) => {
    const frame = { locale: 'pl', timeZone: 'Europe/Warsaw', strings: { key: text } };
    expect(render('{{t "key" at=at}}', data, frame)).toBe(output);
  });

  it.each([
    ['{{t "key" n="soon"}}', '{n, date}', /"soon" is no date/],
    ['{{t "key" n="many"}}', '{n, number}', /"many" is no number/],
    ['{{t "key" n="many"}}', '{n, plural, other {# things}}', /is no number/],
  ])('shows no NaN: %s', (template, text, message) =>
    expect(() => render(template, {}, { strings: { key: text } })).toThrow(message),
  );

  it.each([
    ['{{math 1 "^" 2}}', /no operation/],
    ['{{numberFormat 1 "roman"}}', /no format/],
    ['{{numberFormat 1 "currency" currency="EURO"}}', /currency/],
    ['{{numberFormat 1 "integer" "x_"}}', /no locale/],
    ['{{dateFormat "2024-01-01" "qq"}}', /means nothing/],
    ['{{dateFormat "2024-01-01" "yyyy" tz="Mars"}}', /no time zone/],
  ])('tells what is wrong with %s', (template, message) => expect(() => render(template)).toThrow(message));
});
