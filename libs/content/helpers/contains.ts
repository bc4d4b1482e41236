import type { Helper } from './helper.ts';
import { answer } from './logic.ts';
import { failed, isEmpty, listOf, numberOf, textOf } from './values.ts';

/** Patterns that were compiled, as whole matches. */
const patterns = new Map<string, RegExp>();

export const containsHelpers: Helper[] = [
  {
    name: 'contains',
    usage: '#contains textOrList value',
    doc: 'The block when the text has this text, or the list this element.',
    least: 2,
    block: true,
    example: { template: '{{#contains tags "vip"}}yes{{else}}no{{/contains}}', data: { tags: ['vip'] }, output: 'yes' },
    run: ([where, value], call) =>
      answer(
        typeof where === 'string' ? where.includes(textOf(value)) : hasElement(listOf(where), value, asObject),
        call,
      ),
  },
  {
    name: 'ifContainsStr',
    usage: '#ifContainsStr text search',
    doc: 'The block when the text has this text. Where the text is empty or missing the mail would not be sent.',
    dialect: 'Iterable',
    least: 2,
    block: true,
    example: {
      template: '{{#ifContainsStr mail "@x"}}yes{{/ifContainsStr}}',
      data: { mail: 'a@x.com' },
      output: 'yes',
    },
    run: ([text, search], call) => {
      if (isEmpty(text)) call.note('skip', 'ifContainsStr searches a text that is missing');
      return answer(!isEmpty(text) && textOf(text).includes(textOf(search)), call);
    },
  },
  {
    name: 'ifContains',
    usage: '#ifContains list value, or \'{"field":"value"}\'',
    doc: 'The block when the list has this element, or one with these fields.',
    dialect: 'Iterable',
    least: 2,
    block: true,
    example: {
      template: '{{#ifContains items \'{"sku":"b"}\'}}yes{{else}}no{{/ifContains}}',
      data: { items: [{ sku: 'a' }, { sku: 'b', price: 3 }] },
      output: 'yes',
    },
    run: ([list, wanted], call) => answer(hasElement(listOf(list), wanted), call),
  },
  {
    name: 'ifMatchesRegexStr',
    usage: '#ifMatchesRegexStr text pattern',
    doc: 'The block when the whole text matches the regular expression.',
    dialect: 'Iterable',
    least: 2,
    block: true,
    example: {
      template: '{{#ifMatchesRegexStr day "0?1|21|31"}}st{{else}}th{{/ifMatchesRegexStr}}',
      data: { day: '21' },
      output: 'st',
    },
    run: ([text, pattern], call) => answer(patternOf(textOf(pattern)).test(textOf(text)), call),
  },
  {
    name: 'ifModEq',
    usage: '#ifModEq number divisor remainder',
    doc: 'The block when dividing leaves this remainder: every second row of a table.',
    dialect: 'Iterable',
    least: 3,
    block: true,
    example: {
      template: '{{#each l}}{{#ifModEq @index 2 0}}even {{else}}odd {{/ifModEq}}{{/each}}',
      data: { l: [1, 2] },
      output: 'even odd ',
    },
    run: ([number, divisor, remainder], call) => {
      const [a, b, rest] = [numberOf(number), numberOf(divisor), numberOf(remainder)];
      return answer(a !== undefined && b !== undefined && a % b === rest, call);
    },
  },
];

function hasElement(list: readonly unknown[], wanted: unknown, read = fieldsOf): boolean {
  const fields = read(wanted);
  if (!fields) return list.some((element) => typeof element !== 'object' && textOf(element) === textOf(wanted));
  return list.some(
    (element) =>
      typeof element === 'object' &&
      element !== null &&
      Object.entries(fields).every(
        ([name, value]) =>
          Object.hasOwn(element, name) && textOf((element as Record<string, unknown>)[name]) === textOf(value),
      ),
  );
}

function asObject(wanted: unknown): object | undefined {
  return typeof wanted === 'object' && wanted !== null ? wanted : undefined;
}

/** Of an object, or of one that is written as JSON. */
function fieldsOf(wanted: unknown): object | undefined {
  const object = asObject(wanted);
  if (object) return object;
  if (typeof wanted !== 'string' || !wanted.trim().startsWith('{')) return undefined;
  try {
    return JSON.parse(wanted) as object;
  } catch {
    throw failed(`ifContains: "${wanted.slice(0, 60)}" is no JSON. Write '{"field":"value"}' in single quotes.`);
  }
}

function patternOf(source: string): RegExp {
  const known = patterns.get(source);
  if (known) return known;
  try {
    const pattern = new RegExp(`^(?:${source})$`, 'u');
    if (patterns.size < 200) patterns.set(source, pattern);
    return pattern;
  } catch {
    throw failed(
      `"${source.slice(0, 60)}" is no regular expression that can be used here: check its brackets and backslashes.`,
    );
  }
}
