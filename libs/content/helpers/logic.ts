import { isDeepStrictEqual } from 'node:util';
import type { Helper, HelperCall } from './helper.ts';
import { isTrue, numberOf, textOf } from './values.ts';

type Test = (args: readonly unknown[]) => boolean;

/** Loosely, as Iterable and SendGrid do: 100 equals "100", true equals "true"; nothing equals only nothing. */
const same: Test = ([a, b]) => {
  if (a == null || b == null) return (a ?? null) === (b ?? null);
  return typeof a === 'object' && typeof b === 'object' ? isDeepStrictEqual(a, b) : textOf(a) === textOf(b);
};

/** Numbers as numbers, anything else as text; nothing is neither greater nor less than anything. */
const compare =
  (holds: (order: number) => boolean): Test =>
  ([a, b]) => {
    if (a == null || b == null) return false;
    const [left, right] = [numberOf(a), numberOf(b)];
    if (left !== undefined && right !== undefined) return holds(left - right);
    const [before, after] = [textOf(a), textOf(b)];
    return holds(before === after ? 0 : before < after ? -1 : 1);
  };

const greater = compare((order) => order > 0);
const atLeast = compare((order) => order >= 0);
const less = compare((order) => order < 0);
const atMost = compare((order) => order <= 0);
const different: Test = (args) => !same(args);

const skipDoc = ' Where one is missing the mail would not be sent: give it a fallback, (defaultIfEmpty a 0).';

interface Comparison {
  name: string;
  words: string;
  test: Test;
  values: [unknown, unknown];
  dialect?: Helper['dialect'];
  /** As in Iterable a missing value means that the mail is not sent. */
  skips?: true;
}

const comparisons: Comparison[] = [
  { name: 'eq', words: 'both are the same (100 equals "100")', test: same, values: [100, '100'] },
  { name: 'neq', words: 'they differ', test: different, values: ['a', 'b'] },
  { name: 'ne', words: 'they differ', test: different, values: ['a', 'b'], dialect: 'Iterable' },
  { name: 'gt', words: 'the first is greater', test: greater, values: [10, 9], skips: true },
  { name: 'gte', words: 'the first is greater or the same', test: atLeast, values: [10, 10], skips: true },
  { name: 'lt', words: 'the first is less', test: less, values: [9, 10], skips: true },
  { name: 'lte', words: 'the first is less or the same', test: atMost, values: [9, 9], skips: true },
  { name: 'ifEq', words: 'both are the same', test: same, values: ['a', 'a'], dialect: 'Iterable' },
  { name: 'ifGt', words: 'the first is greater', test: greater, values: [2, 1], dialect: 'Iterable', skips: true },
  {
    name: 'ifGte',
    words: 'the first is greater or the same',
    test: atLeast,
    values: [2, 2],
    dialect: 'Iterable',
    skips: true,
  },
  { name: 'ifLt', words: 'the first is less', test: less, values: [1, 2], dialect: 'Iterable', skips: true },
  {
    name: 'ifLte',
    words: 'the first is less or the same',
    test: atMost,
    values: [1, 1],
    dialect: 'Iterable',
    skips: true,
  },
  { name: 'equals', words: 'both are the same', test: same, values: [1, '1'], dialect: 'SendGrid' },
  { name: 'notEquals', words: 'they differ', test: different, values: [1, 2], dialect: 'SendGrid' },
  { name: 'greaterThan', words: 'the first is greater', test: greater, values: [2, 1], dialect: 'SendGrid' },
  { name: 'lessThan', words: 'the first is less', test: less, values: [1, 2], dialect: 'SendGrid' },
];

/** As a block the one or the other part; inline yes= or no=, or true or false. */
export function answer(holds: boolean, { choose, hash }: HelperCall): unknown {
  if (choose) return choose(holds);
  if ('yes' in hash || 'no' in hash) return (holds ? hash.yes : hash.no) ?? '';
  return holds;
}

const compared: Helper[] = comparisons.map(({ name, words, test, values: [a, b], dialect, skips }) => ({
  name,
  usage: `#${name} a b`,
  doc: `The block when ${words}; inline with yes= and no=, or as a condition: {{#if (${name} a b)}}.${skips ? skipDoc : ''}`,
  least: 2,
  ...(dialect && { dialect }),
  block: true,
  example: { template: `{{#${name} a b}}yes{{else}}no{{/${name}}}`, data: { a, b }, output: 'yes' },
  run: (args, call) => {
    if (skips && args.slice(0, 2).some((value) => value == null))
      call.note('skip', `${name} compares a value that is missing`);
    return answer(test(args), call);
  },
}));

export const logicHelpers: Helper[] = [
  ...compared,
  {
    name: 'and',
    usage: '#and a b …',
    doc: 'The block when all are true; empty lists are not.',
    least: 1,
    block: true,
    example: { template: '{{#and a b}}yes{{else}}no{{/and}}', data: { a: 1, b: [] }, output: 'no' },
    run: (args, call) => answer(args.every(isTrue), call),
  },
  {
    name: 'or',
    usage: '#or a b …',
    doc: 'The block when at least one is true.',
    least: 1,
    block: true,
    example: { template: '{{#or a b}}yes{{else}}no{{/or}}', data: { a: '', b: 'x' }, output: 'yes' },
    run: (args, call) => answer(args.some(isTrue), call),
  },
  {
    name: 'not',
    usage: '#not a',
    doc: 'The block when the value is missing, false, 0 or empty.',
    block: true,
    example: { template: '{{not a yes="none" no="some"}}', data: { a: [] }, output: 'none' },
    run: ([value], call) => answer(!isTrue(value), call),
  },
];
