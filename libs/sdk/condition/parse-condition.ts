import { messageOf, MillraceError } from '../errors/index.ts';
import { compilePath } from '../mapping/index.ts';
import type { Json, Row } from '../json.ts';
import type { Condition, Operator } from './condition.ts';
import { operators } from './operators.ts';

const maxDepth = 10;
const maxLeaves = 100;

/** A condition that was checked. */
export type ParsedCondition =
  | { kind: 'all' | 'any'; parts: ParsedCondition[] }
  | { kind: 'not'; part: ParsedCondition }
  | { kind: 'test'; field: string; read: (row: Row) => unknown; operator: Operator; value: Json | undefined };

/** Checks a condition from outside. Throws `invalid_condition` that names the place. */
export function parseCondition(condition: Condition): ParsedCondition {
  const counts = { leaves: 0 };
  return parse(condition, '', 1, counts);
}

function parse(condition: unknown, place: string, depth: number, counts: { leaves: number }): ParsedCondition {
  if (depth > maxDepth) throw invalid(place, `it is nested more than ${maxDepth} levels deep`);
  if (!isObject(condition)) throw invalid(place, kinds);
  const names = Object.keys(condition);
  if (names.length === 1 && (names[0] === 'all' || names[0] === 'any')) {
    const kind = names[0];
    return { kind, parts: parseParts(condition[kind], `${place}${kind}`, depth, counts) };
  }
  if (names.length === 1 && names[0] === 'not') {
    return { kind: 'not', part: parse(condition.not, `${place}not.`, depth + 1, counts) };
  }
  if (++counts.leaves > maxLeaves) throw invalid(place, `it has more than ${maxLeaves} tests`);
  return parseTest(condition, place);
}

const kinds = 'a condition is { field, is, value }, { all: […] }, { any: […] } or { not: … }';

function parseParts(parts: unknown, place: string, depth: number, counts: { leaves: number }): ParsedCondition[] {
  if (!Array.isArray(parts) || parts.length === 0)
    throw invalid(`${place}.`, 'it needs a list of at least one condition');
  return parts.map((part, index) => parse(part, `${place}[${index}].`, depth + 1, counts));
}

function parseTest(test: Record<string, unknown>, place: string): ParsedCondition {
  const unknown = Object.keys(test).find((name) => !['field', 'is', 'value'].includes(name));
  if (unknown !== undefined || typeof test.field !== 'string') throw invalid(place, kinds);
  const { is, value } = test as { is: unknown; value?: Json };
  if (!isOperator(is)) {
    throw invalid(
      `${place}is`,
      `there is no operator "${String(is).slice(0, 40)}"; known are ${Object.keys(operators).join(', ')}`,
    );
  }
  const { needs } = operators[is];
  if (needs && (value === undefined || !needs.test(value)))
    throw invalid(`${place}value`, `"${is}" needs ${needs.words}`);
  if (!needs && value !== undefined) throw invalid(`${place}value`, `"${is}" takes no value`);
  return { kind: 'test', field: test.field, read: readerOf(test.field, place), operator: is, value };
}

function readerOf(field: string, place: string): (row: Row) => unknown {
  try {
    return compilePath(field);
  } catch (thrown) {
    throw invalid(`${place}field`, messageOf(thrown), thrown);
  }
}

function isOperator(name: unknown): name is Operator {
  return typeof name === 'string' && Object.hasOwn(operators, name);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(place: string, message: string, cause?: unknown): MillraceError {
  const path = place.replace(/\.$/, '');
  const at = path === '' ? '' : ` at ${path}`;
  return new MillraceError('invalid_condition', `The condition is not valid${at}: ${message}. Correct it.`, {
    cause,
    details: { path },
  });
}
