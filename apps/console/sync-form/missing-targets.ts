import type { TargetObject } from '../api/index.ts';
import { fieldsOf, requiredIn } from './fields-of.ts';
import type { RuleRow } from './rule-rows.ts';

/** What an object has to have, or is known by, and no row is about. */
export function missingTargets(
  { key, schema }: Pick<TargetObject, 'key' | 'schema'>,
  rows: readonly RuleRow[],
): string[] {
  const titles = new Map(fieldsOf(schema, false).map(({ path, title }) => [path, title]));
  const wanted = [...new Set([...key, ...requiredIn(schema)])];
  return wanted
    .filter((path) => !rows.some(({ target }) => isWithin(target.trim(), path)))
    .map((path) => {
      const title = titles.get(path);
      return title === undefined ? path : `${path} (${title})`;
    });
}

const isWithin = (target: string, path: string): boolean =>
  target === path || target.startsWith(`${path}.`) || target.startsWith(`${path}[`);
