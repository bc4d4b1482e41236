import { isQuoted, listText, partsIn, unquoted } from '../texts/index.ts';

/** One test of a condition, as it is filled in. */
export interface TestDraft {
  id: number;
  /** `traits.city`, `computed.orders`, `createdAt` */
  field: string;
  is: Operator;
  /** As it was typed. */
  value: string;
}

/** In the words of an audience's sentence. `within` and `longerAgo` ask for a time that is so long ago. */
export const operators = {
  equals: 'is',
  notEquals: 'is not',
  in: 'is one of',
  notIn: 'is none of',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  atLeast: 'is at least',
  greaterThan: 'is greater than',
  atMost: 'is at most',
  lessThan: 'is less than',
  within: 'is in the last',
  longerAgo: 'is longer ago than',
  exists: 'exists',
  missing: 'is missing',
} as const;

export type Operator = keyof typeof operators;

/** Whether there is something to compare with. */
export const takesValue = (is: Operator): boolean => is !== 'exists' && is !== 'missing';

/** Something is filled in, but for the field that it is about. */
export function lacksField({ field, is, value }: TestDraft): boolean {
  return field.trim() === '' && (is !== 'equals' || value.trim() !== '');
}

/** What is asked for beside a test's field. */
export function exampleOf(is: Operator): string {
  if (is === 'within' || is === 'longerAgo') return '30d';
  return is === 'in' || is === 'notIn' ? 'NO, SE' : '';
}

/** As the API has it. */
export function testOf({ field, is, value }: TestDraft): Record<string, unknown> {
  const named = { field: field.trim() };
  switch (is) {
    case 'exists':
    case 'missing':
      return { ...named, is };
    case 'within':
      return { ...named, is: 'atLeast', value: { ago: value.trim() } };
    case 'longerAgo':
      return { ...named, is: 'atMost', value: { ago: value.trim() } };
    case 'in':
    case 'notIn':
      return { ...named, is, value: partsIn(value).map(itemIn) };
    default:
      return { ...named, is, value: valueIn(value) };
  }
}

/** Undefined: rows of a form cannot say it. */
export function draftOfTest(test: unknown, id: number): TestDraft | undefined {
  if (typeof test !== 'object' || test === null) return undefined;
  const { field, is, value, ...rest } = test as Record<string, unknown>;
  if (typeof field !== 'string' || Object.keys(rest).length > 0) return undefined;
  const filled = [...typed(is, value)].find(
    (draft) => JSON.stringify(testOf({ id, field, ...draft })) === JSON.stringify(test),
  );
  return filled && { id, field, ...filled };
}

/** What somebody may have typed. */
function* typed(is: unknown, value: unknown): Generator<Pick<TestDraft, 'is' | 'value'>> {
  if (typeof value === 'object' && value !== null && 'ago' in value && typeof value.ago === 'string') {
    yield { is: 'within', value: value.ago };
    yield { is: 'longerAgo', value: value.ago };
  }
  if (typeof is !== 'string' || !(is in operators)) return;
  const operator = is as Operator;
  if (value === undefined) yield { is: operator, value: '' };
  if (Array.isArray(value)) yield { is: operator, value: value.map(itemText).join(', ') };
  yield { is: operator, value: textOf(value) };
}

/** A number, true and false are what they look like, everything else is text; quotes make a text of anything. */
function valueIn(text: string): unknown {
  const plain = text.trim();
  if (plain === 'true' || plain === 'false') return plain === 'true';
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(plain)) return Number(plain);
  return /^".*"$/.test(plain) ? plain.slice(1, -1) : plain;
}

/** Quotes make a text of what is in a list, too. */
const itemIn = (part: string): unknown => (isQuoted(part) ? unquoted(part) : valueIn(part));

function itemText(item: unknown): string {
  return typeof item === 'string' && valueIn(item) === item ? listText([item]) : (JSON.stringify(item) ?? '');
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? '';
  return valueIn(value) === value ? value : `"${value}"`;
}
