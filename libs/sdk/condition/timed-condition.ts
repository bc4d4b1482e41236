import type { Row } from '../json.ts';
import { compileParsed, type RowTest } from './compile-condition.ts';
import { describeParsed } from './describe-condition.ts';
import { agoOf, momentOf } from './operators.ts';
import { parseCondition, type ConditionLanguage, type ParsedCondition } from './parse-condition.ts';

/** A condition that lives longer than a moment. */
export interface TimedCondition {
  /** As `describeCondition` has it. */
  sentence: string;
  holds: RowTest;
  /** From when on the answer about the same row may be another one (milliseconds since 1970; Infinity: never). */
  changesAt(row: Row, now: number): number;
}

/** Reads a condition in a language of its own, to be asked again and again. Throws `invalid_condition`; `place` as in `parseCondition`. */
export function readTimedCondition(condition: unknown, language?: ConditionLanguage, place?: string): TimedCondition {
  const parsed = parseCondition(condition, language, place);
  const timed = timedTests(parsed);
  return {
    sentence: describeParsed(parsed),
    holds: compileParsed(parsed),
    changesAt(row, now) {
      let next = Infinity;
      for (const { read, ago } of timed) {
        const moment = momentOf(read(row));
        if (moment === undefined) continue;
        const turn = moment + ago; // `atLeast` still holds at this very millisecond
        if (turn >= now) next = Math.min(next, turn > now ? turn : turn + 1);
      }
      return next;
    },
  };
}

function timedTests(condition: ParsedCondition): { read: (row: Row) => unknown; ago: number }[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.parts.flatMap(timedTests);
    case 'not':
      return timedTests(condition.part);
    case 'test': {
      const ago = agoOf(condition.value)?.milliseconds;
      return ago === undefined ? [] : [{ read: condition.subject.read, ago }];
    }
  }
}
