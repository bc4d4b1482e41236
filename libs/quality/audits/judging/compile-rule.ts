import { compileCondition, compilePath, parseIsoTime, plainNumber, type Condition, type Row } from '@millrace/sdk';
import type { FaultTest, FieldComparison } from './fault-test.ts';
import { isOfFormat } from './formats.ts';
import type { AuditedRecord } from './records.ts';

/** The fields that are at fault; undefined: the record is right. */
export type Judge = (record: AuditedRecord) => string[] | undefined;

export interface JudgeContext {
  now: Date;
  /** Trait → milliseconds that its value may be old. */
  limits: ReadonlyMap<string, number>;
}

/** Compiles what can be told of one record alone; undefined for rules that compare records. Throws `invalid_condition`, `invalid_mapping`. */
export function compileRule(test: FaultTest, { now, limits }: JudgeContext): Judge | undefined {
  if (test.when) return byCondition(test.when, now);
  if (test.format) return byFormat(test.format);
  if (test.compare) return byComparison(test.compare);
  if (test.stale) return byAge(limits);
  return undefined;
}

function byCondition(when: Condition, now: Date): Judge {
  const holds = compileCondition(when, { now });
  const fields = fieldsOf(when);
  return ({ row }) => (holds(row) ? fields : undefined);
}

function byFormat({ as, fields }: NonNullable<FaultTest['format']>): Judge {
  const isRight = isOfFormat[as];
  const readers = fields.map((field) => ({ field, read: compilePath(field) }));
  return ({ row }) => {
    const wrong = readers.filter(({ read }) => {
      const value = read(row);
      return value !== undefined && value !== null && !isRight(value);
    });
    return wrong.length > 0 ? wrong.map(({ field }) => field) : undefined;
  };
}

function byComparison({ field, is, other }: FieldComparison): Judge {
  const [one, two] = [compilePath(field), compilePath(other)];
  return ({ row }) => {
    const [x, y] = quantitiesOf(one(row), two(row));
    if (x === undefined || y === undefined) return undefined;
    return (is === 'greaterThan' ? x > y : x < y) ? [field, other] : undefined;
  };
}

function byAge(limits: JudgeContext['limits']): Judge {
  return ({ ages }) => {
    const old = [...(ages ?? [])].filter(([trait, age]) => age > (limits.get(trait) ?? Infinity));
    return old.length > 0 ? old.map(([trait]) => `traits.${trait}`) : undefined;
  };
}

/** Numbers with numbers, of which some are written as text, and times with times, as conditions have it. */
function quantitiesOf(one: unknown, other: unknown): (number | undefined)[] {
  const numbers = [plainNumber(one), plainNumber(other)];
  return numbers.includes(undefined) ? [timeOf(one), timeOf(other)] : numbers;
}

function timeOf(value: unknown): number | undefined {
  return typeof value === 'string' ? parseIsoTime(value) : undefined;
}

function fieldsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsOf);
  if ('any' in condition) return condition.any.flatMap(fieldsOf);
  return 'not' in condition ? fieldsOf(condition.not) : [condition.field];
}

/** What a record has in common with others, and in which it may differ from them; undefined: a field is missing. */
export type Grouping = (row: Row) => { key: string; value: string } | undefined;

/** Compiles a rule that compares records; undefined for others. */
export function compileGrouping({ sameAs, varies }: FaultTest): Grouping | undefined {
  if (!sameAs && !varies) return undefined;
  const shared = (sameAs ?? [varies?.within ?? '']).map((field) => compilePath(field));
  const differing = varies && compilePath(varies.field);
  return (row) => {
    const key = shared.map((read) => comparable(read(row)));
    const value = differing ? comparable(differing(row)) : '';
    return key.includes('') || (differing && value === '') ? undefined : { key: key.join('\n'), value };
  };
}

/** Letters and digits, without case, accents and signs. */
function comparable(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  return value
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
    .slice(0, 200);
}
