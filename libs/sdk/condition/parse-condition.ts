import { messageOf, MillraceError } from '../errors/index.ts';
import { compilePath } from '../mapping/index.ts';
import { isObject } from '../is-object.ts';
import type { Json, Row } from '../json.ts';
import type { Operator } from './condition.ts';
import { operators } from './operators.ts';

const maxDepth = 10;
const maxLeaves = 100;

/** What a test is about. */
export interface Subject {
  /** As in a sentence. */
  words: string;
  read: (row: Row) => unknown;
  /** All that it can be: a test names none else, since "is not grantd" would hold for everybody. Default: anything. */
  values?: readonly Json[];
}

/** What conditions about rows of one kind may say beyond the fields that any row may have. */
export interface ConditionLanguage {
  /** Throws `invalid_condition` for a field that rows of this kind cannot have. */
  checkField?: (field: string, place: string) => void;
  /** Subjects other than fields, by the name under which they stand: `{ consent: { channel: 'email' }, is, value }`. Throw `invalid_condition`. */
  subjects?: Readonly<Record<string, (description: unknown, place: string) => Subject>>;
}

/** A condition that was checked. */
export type ParsedCondition =
  | { kind: 'all' | 'any'; parts: ParsedCondition[] }
  | { kind: 'not'; part: ParsedCondition }
  | { kind: 'test'; subject: Subject; operator: Operator; value: Json | undefined };

interface Parsing {
  language: ConditionLanguage;
  leaves: number;
}

/** Checks a condition from outside; `place` leads to it where it is part of something. Throws `invalid_condition` that names the place. */
export function parseCondition(condition: unknown, language: ConditionLanguage = {}, place = ''): ParsedCondition {
  return parse(condition, place, 1, { language, leaves: 0 });
}

function parse(condition: unknown, place: string, depth: number, parsing: Parsing): ParsedCondition {
  if (depth > maxDepth) throw invalidCondition(place, `it is nested more than ${maxDepth} levels deep`);
  if (!isObject(condition)) throw invalidCondition(place, kinds);
  const names = Object.keys(condition);
  if (names.length === 1 && (names[0] === 'all' || names[0] === 'any')) {
    const kind = names[0];
    return { kind, parts: parseParts(condition[kind], `${place}${kind}`, depth, parsing) };
  }
  if (names.length === 1 && names[0] === 'not') {
    return { kind: 'not', part: parse(condition.not, `${place}not.`, depth + 1, parsing) };
  }
  if (++parsing.leaves > maxLeaves) throw invalidCondition(place, `it has more than ${maxLeaves} tests`);
  return parseTest(condition, place, parsing.language);
}

const shown = (value: Json): string => JSON.stringify(value);

const kinds = 'a condition is { field, is, value }, { all: […] }, { any: […] } or { not: … }';

function parseParts(parts: unknown, place: string, depth: number, parsing: Parsing): ParsedCondition[] {
  if (!Array.isArray(parts) || parts.length === 0)
    throw invalidCondition(`${place}.`, 'it needs a list of at least one condition');
  return parts.map((part, index) => parse(part, `${place}[${index}].`, depth + 1, parsing));
}

function parseTest(test: Record<string, unknown>, place: string, language: ConditionLanguage): ParsedCondition {
  const { is, value, ...rest } = test as { is: unknown; value?: Json };
  const subject = parseSubject(rest, place, language);
  if (!isOperator(is)) {
    throw invalidCondition(
      `${place}is`,
      `there is no operator "${String(is).slice(0, 40)}"; known are ${Object.keys(operators).join(', ')}`,
    );
  }
  const { needs } = operators[is];
  if (needs && (value === undefined || !needs.test(value)))
    throw invalidCondition(`${place}value`, `"${is}" needs ${needs.words}`);
  if (!needs && value !== undefined) throw invalidCondition(`${place}value`, `"${is}" takes no value`);
  if (needs && subject.values && ![value].flat().every((one) => subject.values?.includes(one as Json)))
    throw invalidCondition(`${place}value`, `it can only be ${subject.values.map(shown).join(', ')}`);
  return { kind: 'test', subject, operator: is, value };
}

function parseSubject(
  named: Record<string, unknown>,
  place: string,
  { checkField, subjects = {} }: ConditionLanguage,
): Subject {
  const [name = '', ...others] = Object.keys(named);
  if (others.length === 0 && name === 'field' && typeof named.field === 'string') {
    const read = readerOf(named.field, place);
    checkField?.(named.field, `${place}field`);
    return { words: named.field, read };
  }
  const parseOther = Object.hasOwn(subjects, name) ? subjects[name] : undefined;
  if (others.length === 0 && parseOther) return parseOther(named[name], `${place}${name}.`);
  const further = Object.keys(subjects).map((subject) => `, { ${subject}, is, value }`);
  throw invalidCondition(place, `${kinds}${further.join('')}`);
}

function readerOf(field: string, place: string): (row: Row) => unknown {
  try {
    return compilePath(field);
  } catch (thrown) {
    throw invalidCondition(`${place}field`, messageOf(thrown), thrown);
  }
}

function isOperator(name: unknown): name is Operator {
  return typeof name === 'string' && Object.hasOwn(operators, name);
}

/** `invalid_condition` at a place such as `all[0].value`. */
export function invalidCondition(place: string, message: string, cause?: unknown): MillraceError {
  const path = place.replace(/\.$/, '');
  const at = path === '' ? '' : ` at ${path}`;
  return new MillraceError(
    'invalid_condition',
    `The condition is not valid${at}: ${message.replace(/\.$/, '')}. Correct it.`,
    {
      cause,
      details: { path },
    },
  );
}
