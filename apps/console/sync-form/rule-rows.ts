import type { Mapping, MappingRule } from '../api/index.ts';

/** A rule of a mapping as it is written. */
export interface RuleRow {
  target: string;
  /** A path with transforms; or JSON, as of `{ "value": … }`. */
  rule: string;
}

export function rowsOf(mapping: Mapping): RuleRow[] {
  return Object.entries(mapping).map(([target, rule]) => ({
    target,
    rule: typeof rule === 'string' ? rule : jsonText(rule),
  }));
}

/** In a line where it is short. */
function jsonText(rule: object): string {
  const line = JSON.stringify(rule, null, 1).replaceAll(/\n\s*/g, ' ');
  return line.length <= longestLine ? line : JSON.stringify(rule, null, 2);
}

const longestLine = 60;

/** No path begins like this. */
export const isJson = (rule: string): boolean => rule.trimStart().startsWith('{');

export const isBlank = ({ target, rule }: RuleRow): boolean => target.trim() === '' && rule.trim() === '';

/** @throws SyntaxError where JSON is none */
export function mappingOf(rows: readonly RuleRow[]): Mapping {
  return Object.fromEntries(
    rows.filter((row) => !isBlank(row)).map(({ target, rule }) => [target.trim(), ruleOf(rule)]),
  );
}

/** What is wrong with a row by itself; undefined: nothing. */
export function rowFault(row: RuleRow, rows: readonly RuleRow[]): string | undefined {
  if (isBlank(row)) return undefined;
  const target = row.target.trim();
  if (target === '') return 'Say what it is written to.';
  if (rows.filter((other) => other.target.trim() === target).length > 1) return `“${target}” is there twice.`;
  if (row.rule.trim() === '') return 'Say where the value comes from, or remove the row.';
  try {
    ruleOf(row.rule);
    return undefined;
  } catch {
    return 'This is no JSON. Write e.g. { "value": "shop" }, or a path such as email | trim.';
  }
}

function ruleOf(text: string): MappingRule {
  return isJson(text) ? (JSON.parse(text) as MappingRule) : text;
}
