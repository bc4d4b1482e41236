import type { Helper } from './helper.ts';
import { isEmpty, listOf, numberOf, textOf } from './values.ts';

export const textHelpers: Helper[] = [
  {
    name: 'defaultIfEmpty',
    usage: 'defaultIfEmpty value fallback',
    doc: 'The value, or the fallback when it is missing, null or empty text.',
    least: 2,
    example: { template: 'Hi {{defaultIfEmpty firstName "there"}}', data: {}, output: 'Hi there' },
    run: ([value, fallback]) => (isEmpty(value) ? fallback : value),
  },
  {
    name: 'upper',
    usage: 'upper text',
    doc: 'Upper case.',
    example: { template: '{{upper city}}', data: { city: 'Köln' }, output: 'KÖLN' },
    run: ([text], { locale }) => textOf(text).toLocaleUpperCase(locale),
  },
  {
    name: 'lower',
    usage: 'lower text',
    doc: 'Lower case.',
    example: { template: '{{lower code}}', data: { code: 'SPRING' }, output: 'spring' },
    run: ([text], { locale }) => textOf(text).toLocaleLowerCase(locale),
  },
  {
    name: 'capitalize',
    usage: 'capitalize text [fully=true]',
    doc: 'Upper case for the first letter of each word; with fully=true lower case for the rest.',
    example: { template: '{{capitalize name}}', data: { name: 'anne-marie smith' }, output: 'Anne-marie Smith' },
    run: ([text], { hash, locale }) =>
      (hash.fully === true ? textOf(text).toLocaleLowerCase(locale) : textOf(text)).replace(
        /(?<=^|\s)\p{L}/gu,
        (letter) => letter.toLocaleUpperCase(locale),
      ),
  },
  {
    name: 'capitalizeFirst',
    usage: 'capitalizeFirst text',
    doc: 'Upper case for the first letter; the rest stays.',
    example: { template: '{{capitalizeFirst text}}', data: { text: 'order shipped' }, output: 'Order shipped' },
    run: ([text], { locale }) => textOf(text).replace(/^\s*\p{L}/u, (letter) => letter.toLocaleUpperCase(locale)),
  },
  {
    name: 'trim',
    usage: 'trim text',
    doc: 'Removes white space at both ends.',
    example: { template: '[{{trim name}}]', data: { name: ' Ann ' }, output: '[Ann]' },
    run: ([text]) => textOf(text).trim(),
  },
  {
    name: 'replace',
    usage: 'replace text search replacement',
    doc: 'Replaces every occurrence, literally.',
    least: 3,
    example: { template: '{{replace sku "-" " "}}', data: { sku: 'a-b-c' }, output: 'a b c' },
    run: ([text, search, replacement]) =>
      textOf(search) === '' ? textOf(text) : textOf(text).replaceAll(textOf(search), () => textOf(replacement)),
  },
  {
    name: 'cut',
    usage: 'cut text [search]',
    doc: 'Removes every occurrence (default: of a space).',
    dialect: 'Iterable',
    example: { template: '{{cut phone " "}}', data: { phone: '30 12 34' }, output: '301234' },
    run: ([text, search = ' ']) => (textOf(search) === '' ? textOf(text) : textOf(text).replaceAll(textOf(search), '')),
  },
  {
    name: 'substring',
    usage: 'substring text start [end]',
    doc: 'From one position up to another, counted from 0.',
    dialect: 'Iterable',
    least: 2,
    example: { template: '{{substring code 0 3}}', data: { code: 'ABC-123' }, output: 'ABC' },
    run: ([text, start, end]) =>
      lettersOf(textOf(text))
        .slice(Math.max(0, numberOf(start) ?? 0), numberOf(end))
        .join(''),
  },
  {
    name: 'truncate',
    usage: 'truncate text length [ellipsis]',
    doc: 'At most so many letters; what was cut ends with the ellipsis (default "…"), which counts.',
    least: 2,
    example: { template: '{{truncate title 9}}', data: { title: 'The long title' }, output: 'The long…' },
    run: ([text, length, ellipsis = '…']) => shorten(textOf(text), numberOf(length), textOf(ellipsis)),
  },
  {
    name: 'abbreviate',
    usage: 'abbreviate text length',
    doc: 'At most so many letters, the cut marked by "...".',
    dialect: 'Iterable',
    least: 2,
    example: { template: '{{abbreviate title 11}}', data: { title: 'The long title' }, output: 'The long...' },
    run: ([text, length]) => shorten(textOf(text), numberOf(length), '...'),
  },
  {
    name: 'length',
    usage: 'length textOrList',
    doc: 'How many letters or elements.',
    example: { template: '{{length lines}} items', data: { lines: [1, 2] }, output: '2 items' },
    run: ([value]) => (typeof value === 'string' ? lettersOf(value).length : listOf(value).length),
  },
  {
    name: 'join',
    usage: 'join list separator [prefix=] [suffix=]',
    doc: 'The elements as one text; nothing at all for an empty list.',
    least: 2,
    example: { template: '{{join tags ", "}}', data: { tags: ['rock', 'jazz'] }, output: 'rock, jazz' },
    run: (args, { hash }) => {
      const [first] = args;
      const list = Array.isArray(first) || typeof first === 'object' ? listOf(first) : args.slice(0, -1);
      const joined = list.map(textOf).join(textOf(args[args.length - 1]));
      return list.length === 0 ? '' : textOf(hash.prefix) + joined + textOf(hash.suffix);
    },
  },
  {
    name: 'concat',
    usage: 'concat a b …',
    doc: 'All texts as one, for use within other calls.',
    example: { template: '{{upper (concat first " " last)}}', data: { first: 'Ann', last: 'Lee' }, output: 'ANN LEE' },
    run: (args) => args.map(textOf).join(''),
  },
  {
    name: 'slugify',
    usage: 'slugify text',
    doc: 'Lower case letters and hyphens; digits and signs are left out.',
    dialect: 'Iterable',
    example: { template: '{{slugify title}}', data: { title: "It's our 2nd sale" }, output: 'its-our-nd-sale' },
    run: ([text]) =>
      textOf(text)
        .normalize('NFKD')
        .replace(/[^\p{L}\s-]/gu, '')
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, '-'),
  },
  {
    name: 'center',
    usage: 'center text size= [pad=" "]',
    doc: 'The text in the middle of so many letters.',
    dialect: 'Iterable',
    example: { template: '{{center word size=11 pad="-"}}', data: { word: 'Hello' }, output: '---Hello---' },
    run: ([value], { hash }) => {
      const text = textOf(value);
      const missing = Math.min(1000, numberOf(hash.size) ?? 0) - [...text].length;
      const pad = [...textOf(hash.pad)][0] ?? ' ';
      if (missing <= 0) return text;
      return pad.repeat(Math.floor(missing / 2)) + text + pad.repeat(Math.ceil(missing / 2));
    },
  },
  {
    name: 'breaklines',
    usage: '#breaklines',
    doc: 'What the block shows, with <br> for line breaks.',
    dialect: 'Iterable',
    least: 0,
    block: true,
    example: { template: '{{#breaklines}}{{text}}{{/breaklines}}', data: { text: 'a\r\n\nb' }, output: 'a<br><br>b' },
    run: (_, { choose }) => choose?.(true).replace(/\r\n|\n/g, '<br>') ?? '',
  },
];

const graphemes = new Intl.Segmenter();

/** What readers take for letters: with their accents, families and flags whole. */
function lettersOf(text: string): string[] {
  return /^[ -~]*$/.test(text) ? [...text] : Array.from(graphemes.segment(text), ({ segment }) => segment);
}

function shorten(text: string, length = text.length, ellipsis: string): string {
  if (text.length <= length) return text;
  const letters = lettersOf(text);
  if (letters.length <= length) return text;
  return (
    letters
      .slice(0, Math.max(0, length - ellipsis.length))
      .join('')
      .trimEnd() + ellipsis
  );
}
