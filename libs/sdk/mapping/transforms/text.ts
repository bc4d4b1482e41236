import { createHash } from 'node:crypto';
import { parseJson } from '../../parse-json.ts';
import { RuleFault, ValueFault } from '../faults.ts';
import { textOf } from './text-of.ts';
import { maxTextLength, type Transform } from './transform.ts';

const text = (name: string, optional = false) => ({ name, type: 'text' as const, optional });

export const textTransforms: Transform<string>[] = [
  {
    name: 'trim',
    parameters: [],
    description: 'Removes white space at both ends.',
    example: { value: ' Ann ', args: '', result: 'Ann' },
    compile: () => (value) => value.trim(),
  },
  {
    name: 'lower',
    parameters: [],
    description: 'Lower case.',
    example: { value: 'Ann@X.COM', args: '', result: 'ann@x.com' },
    compile: () => (value) => value.toLowerCase(),
  },
  {
    name: 'upper',
    parameters: [],
    description: 'Upper case.',
    example: { value: 'de', args: '', result: 'DE' },
    compile: () => (value) => value.toUpperCase(),
  },
  {
    name: 'capitalize',
    parameters: [],
    description: 'Upper case for the first letter; the rest stays.',
    example: { value: 'order shipped', args: '', result: 'Order shipped' },
    compile: () => (value) => value.replace(/^\s*\p{L}/u, upper),
  },
  {
    name: 'title',
    parameters: [],
    description: 'Upper case for the first letter of each word, lower case for the rest.',
    example: { value: 'anne-marie SMITH', args: '', result: 'Anne-Marie Smith' },
    compile: () => (value) => value.toLowerCase().replace(/(?<=^|[\s-])\p{L}/gu, upper),
  },
  {
    name: 'replace',
    parameters: [text('search'), text('replacement')],
    description: 'Replaces every occurrence of a text, literally.',
    example: { value: 'a.b.c', args: "'.', '-'", result: 'a-b-c' },
    compile: ([search, replacement]) => {
      if (search === '') throw new RuleFault('replace() needs a text to search for; it is empty.');
      return (value) => joinBounded(value.split(textOf(search)), textOf(replacement));
    },
  },
  {
    name: 'split',
    parameters: [text('separator')],
    description: 'Splits text into a list of trimmed parts; empty parts are left out.',
    example: { value: 'a, b,,c', args: "','", result: ['a', 'b', 'c'] },
    compile: ([separator]) => {
      if (separator === '') throw new RuleFault('split() needs a separator; it is empty.');
      return (value) =>
        value
          .split(textOf(separator))
          .map((part) => part.trim())
          .filter((part) => part !== '');
    },
  },
  {
    name: 'prefix',
    parameters: [text('text')],
    description: 'Puts text in front.',
    example: { value: '17', args: "'crm-'", result: 'crm-17' },
    compile:
      ([prefix]) =>
      (value) =>
        textOf(prefix) + value,
  },
  {
    name: 'suffix',
    parameters: [text('text')],
    description: 'Puts text behind.',
    example: { value: '17', args: "' EUR'", result: '17 EUR' },
    compile:
      ([suffix]) =>
      (value) =>
        value + textOf(suffix),
  },
  {
    name: 'digits',
    parameters: [],
    description: 'Keeps the digits 0 to 9 only.',
    example: { value: '+49 (30) 123-45', args: '', result: '493012345' },
    compile: () => (value) => value.replace(/[^0-9]+/g, ''),
  },
  {
    name: 'slug',
    parameters: [],
    description: 'Lower case letters and digits joined by hyphens, accents removed.',
    example: { value: 'Crème brûlée & Größe', args: '', result: 'creme-brulee-grosse' },
    compile: () => slug,
  },
  {
    name: 'hash',
    parameters: [],
    description: 'SHA-256 of the text (UTF-8), in hexadecimal.',
    example: { value: 'a', args: '', result: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb' },
    compile: () => (value) => createHash('sha256').update(value).digest('hex'),
  },
  {
    name: 'parseJson',
    parameters: [],
    description: 'Reads JSON text of at most 100 levels; integers beyond 2^53 stay text. Empty text gives nothing.',
    example: { value: '{"a":[1]}', args: '', result: { a: [1] } },
    compile: () => fromJson,
  },
];

const upper = (letter: string) => letter.toUpperCase();

function slug(value: string): string {
  return value
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

function fromJson(value: string): unknown {
  if (value.trim() === '') return undefined;
  try {
    return parseJson(value);
  } catch {
    throw new ValueFault('needs JSON text of at most 100 levels', value);
  }
}

/** Joins parts unless the result would be too long to handle: rules can be chained to grow without end. */
export function joinBounded(parts: string[], separator: string): string {
  if (parts.length * separator.length > maxTextLength) {
    throw new ValueFault(`would become longer than ${maxTextLength} characters`, parts[0]);
  }
  return parts.join(separator);
}
