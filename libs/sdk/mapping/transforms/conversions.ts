import { RuleFault, ValueFault } from '../faults.ts';
import { compileDate } from './dates.ts';
import { compileLookup } from './lookup.ts';
import { readNumber, type DecimalSign } from './read-number.ts';
import { textOf } from './text-of.ts';
import type { Transform } from './transform.ts';

const truths = new Map<unknown, boolean>([
  ...['true', '1', 'yes', 'y', 'on'].map((word): [string, boolean] => [word, true]),
  ...['false', '0', 'no', 'n', 'off'].map((word): [string, boolean] => [word, false]),
]);

/** Of one value to another kind; null and empty text become nothing, not a guess. */
export const conversions: Transform[] = [
  {
    name: 'string',
    parameters: [],
    description: 'A number, boolean or time as text.',
    example: { value: 17, args: '', result: '17' },
    compile: () => (value) => (value === null ? undefined : textOf(value)),
  },
  {
    name: 'number',
    parameters: [{ name: 'decimalSign', type: 'text', optional: true }],
    description:
      "Text as a number: plain decimals only; number(',') reads 1.234,56 and number('.') reads 1,234.56. Empty text gives nothing.",
    example: { value: '1.234,56', args: "','", result: 1234.56 },
    compile: ([sign]) => {
      const decimal = decimalSign(sign);
      return (value) => readNumber(value, decimal);
    },
  },
  {
    name: 'integer',
    parameters: [],
    description: 'A whole number; one with decimals is refused (round it first). Empty text gives nothing.',
    example: { value: '42', args: '', result: 42 },
    compile: () => (value) => {
      const number = readNumber(value);
      if (number === undefined || Number.isSafeInteger(number)) return number;
      throw new ValueFault('needs a whole number', value);
    },
  },
  {
    name: 'boolean',
    parameters: [],
    description: 'true, yes, y, on, 1 and their opposites, in any case. Empty text gives nothing.',
    example: { value: 'Yes', args: '', result: true },
    compile: () => (value) => {
      if (typeof value === 'boolean') return value;
      if (value === null || value === '') return undefined;
      const truth = truths.get(textOf(value).trim().toLowerCase());
      if (truth === undefined) throw new ValueFault('needs true or false', value);
      return truth;
    },
  },
  {
    name: 'date',
    parameters: [
      { name: 'format', type: 'text', optional: true },
      { name: 'timeZone', type: 'text', optional: true },
    ],
    description:
      "A time as ISO text in UTC, from ISO text, epoch seconds or milliseconds, or a format of YYYY YY MM M DD D HH H hh h mm m ss s SSS A Z, `[text]`; 's' and 'ms' are epochs. A time without an offset is of the given time zone (default UTC).",
    example: {
      value: '31.01.2024 13:30',
      args: "'DD.MM.YYYY HH:mm', 'Europe/Berlin'",
      result: '2024-01-31T12:30:00.000Z',
    },
    compile: ([format, zone]) => compileDate(format as string | undefined, zone as string | undefined),
  },
  {
    name: 'lookup',
    parameters: [
      { name: 'table', type: 'table' },
      { name: 'otherwise', type: 'any', optional: true },
    ],
    description:
      "What a table says for the value; what is not listed gives `otherwise`, or nothing. Also 'de=Germany, at=Austria'.",
    example: { value: 'de', args: '{"de": "Germany"}', result: 'Germany' },
    compile: (args) => compileLookup(args[0], args[1]),
  },
  {
    name: 'nullIf',
    parameters: [{ name: 'value', type: 'any' }],
    description: 'null when the value equals this one.',
    example: { value: 'n/a', args: "'n/a'", result: null },
    compile: ([nothing]) => {
      if (typeof nothing === 'object' && nothing !== null)
        throw new RuleFault('nullIf() takes text, a number or a boolean.');
      return (value) => (value === nothing ? null : value);
    },
  },
];

function decimalSign(sign: unknown): DecimalSign {
  if (sign === undefined || sign === ',' || sign === '.') return sign;
  throw new RuleFault("number() takes ',' or '.' as the decimal sign.");
}
