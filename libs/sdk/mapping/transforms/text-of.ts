import { ValueFault } from '../faults.ts';

/** The text of text, a number, a boolean or a time; lists and objects have none. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  throw new ValueFault('needs text (json makes text of a list or an object)', value);
}
