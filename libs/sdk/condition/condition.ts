import type { Json } from '../json.ts';

/** How a field is compared; `operators` says what each means. */
export type Operator =
  | 'equals'
  | 'notEquals'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'startsWith'
  | 'endsWith'
  | 'greaterThan'
  | 'atLeast'
  | 'lessThan'
  | 'atMost'
  | 'exists'
  | 'missing';

/**
 * A test of a row, as data: who belongs to an audience, which rows a sync sends.
 *
 * `field` is a path such as `traits.country` or `orders[*].total`. Text is compared with its case; text and numbers are never
 * the same (`"5"` is not `5`), but a text that is plainly a number is more or less than one as that number. Two ISO times are compared as times. `{ ago: '30d' }` as a value of a comparison is that long
 * before now (units: s, min, h, d, w). A missing field or null satisfies `missing`, `notEquals` and `notIn` only.
 */
export type Condition =
  { all: Condition[] } | { any: Condition[] } | { not: Condition } | { field: string; is: Operator; value?: Json };
