import { literalPattern } from '#platform';

/** Finds any of the values in a text, whatever their case; undefined where there is none. */
export function textPattern(values: readonly string[]): RegExp | undefined {
  if (values.length === 0) return undefined;
  return new RegExp(values.map(literalPattern).join('|'), 'i');
}
