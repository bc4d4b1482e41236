import type { Json } from '../../json.ts';
import { ValueFault } from '../faults.ts';

export interface Parameter {
  name: string;
  type: 'text' | 'number' | 'position' | 'any' | 'table';
  optional?: boolean;
}

/** One transform of the table: what the reference says of it, and how it works. `I` is what the function takes. */
export interface Transform<I = unknown> {
  name: string;
  parameters: Parameter[];
  description: string;
  example: { value: Json; args: string; result: Json };
  /** Gives the function for these (checked) arguments; throws a RuleFault when they make no sense. */
  compile(args: Json[]): (value: I) => unknown;
}

/** Longest text that a transform may give, in characters. */
export const maxTextLength = 1_000_000;

/**
 * Applies the transform to one value: null and missing values pass as they are (a converter, which reads null as nothing, is
 * given null), a list is transformed element by element, where null and missing ones are left out.
 */
export function perValue<I>(
  transform: Transform<I>,
  read: (value: unknown) => I | undefined,
  options: { takesNull?: boolean } = {},
): Transform {
  return {
    ...transform,
    compile: (args) => {
      const apply = transform.compile(args);
      const one = (value: unknown): unknown => {
        if (value === undefined || (value === null && !options.takesNull)) return value;
        const input = read(value);
        return input === undefined ? undefined : bounded(apply(input));
      };
      return (value) => (Array.isArray(value) ? present((value as unknown[]).map(one)) : one(value));
    },
  };
}

/** Applies the transform to the value as a whole; null and missing values pass as they are. */
export function toWhole<I>(transform: Transform<I>, read: (value: unknown) => I): Transform {
  return {
    ...transform,
    compile: (args) => {
      const apply = transform.compile(args);
      return (value) => (value === undefined || value === null ? value : bounded(apply(read(value))));
    },
  };
}

function present(list: unknown[]): unknown[] {
  return list.filter((element) => element !== undefined && element !== null);
}

/** Chained transforms could double a text at every step, or leave the range of numbers. */
function bounded(result: unknown): unknown {
  if (typeof result === 'number' && !Number.isFinite(result))
    throw new ValueFault('would become no finite number', result);
  if (typeof result === 'string' && result.length > maxTextLength) {
    throw new ValueFault(`would become longer than ${maxTextLength} characters`, result);
  }
  return result;
}
