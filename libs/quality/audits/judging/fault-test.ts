import type { Condition } from '@millrace/sdk';
import type { Format } from './formats.ts';

export interface FieldComparison {
  field: string;
  is: 'greaterThan' | 'lessThan';
  other: string;
}

/** What makes a record faulty; exactly one of these. Fields are paths such as `traits.birthDate`, `total`. */
export interface FaultTest {
  /** The record meets this condition. */
  when?: Condition;
  /** A field is there, and not of this format. */
  format?: { as: Format; fields: string[] };
  /** One field is greater or less than another (numbers, times). */
  compare?: FieldComparison;
  /** A trait's value is older than its limit (`freshness` in the trait's settings). */
  stale?: true;
  /** Other records have the same in all of these fields, letters and spaces aside. */
  sameAs?: string[];
  /** Records that share one field differ in another. */
  varies?: { field: string; within: string };
}
