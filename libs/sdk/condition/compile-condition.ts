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
  const now = (options.now ?? new Date()).getTime();
  const holds = compileParsed(parseCondition(condition));
  return (row) => holds(row, now);
}

/** `now`: milliseconds since 1970. */
export type RowTest = (row: Row, now: number) => boolean;

export function compileParsed(condition: ParsedCondition): RowTest {
  switch (condition.kind) {
    case 'all': {
      const parts = condition.parts.map(compileParsed);
      return (row, now) => parts.every((holds) => holds(row, now));
    }
    case 'any': {
      const parts = condition.parts.map(compileParsed);
      return (row, now) => parts.some((holds) => holds(row, now));
    }
    case 'not': {
      const holds = compileParsed(condition.part);
      return (row, now) => !holds(row, now);
    }
    case 'test': {
      const { read } = condition.subject;
      const test = operators[condition.operator].compile(condition.value ?? null);
      return (row, now) => test(read(row), now);
    }
  }
}
