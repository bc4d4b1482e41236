import type { Row } from '../json.ts';
import type { Condition } from './condition.ts';
import { operators } from './operators.ts';
import { parseCondition, type ParsedCondition } from './parse-condition.ts';

export interface ConditionOptions {
  /** What `{ ago }` counts from (default: the time of compiling). */
  now?: Date;
}

/** Compiles a condition to a test of rows; at most 10 levels and 100 tests. Throws `invalid_condition`. */
export function compileCondition(condition: Condition, options: ConditionOptions = {}): (row: Row) => boolean {
  return compile(parseCondition(condition), (options.now ?? new Date()).getTime());
}

function compile(condition: ParsedCondition, now: number): (row: Row) => boolean {
  switch (condition.kind) {
    case 'all': {
      const parts = condition.parts.map((part) => compile(part, now));
      return (row) => parts.every((test) => test(row));
    }
    case 'any': {
      const parts = condition.parts.map((part) => compile(part, now));
      return (row) => parts.some((test) => test(row));
    }
    case 'not': {
      const part = compile(condition.part, now);
      return (row) => !part(row);
    }
    case 'test': {
      const { read } = condition;
      const test = operators[condition.operator].compile(condition.value ?? null, now);
      return (row) => test(read(row));
    }
  }
}
