import { fieldPath, type Row } from '@millrace/sdk';
import { canonicalJson } from '#platform';

export interface Difference {
  /** Path as mappings write it. */
  field: string;
  before?: unknown;
  after?: unknown;
}

const most = 100;
const longest = 1_000;

/** What differs, field by field; lists are compared as a whole. At most 100, long values cut. */
export function differencesOf(before: Row | undefined, after: Row | undefined): Difference[] {
  const found: Difference[] = [];
  compare([], before ?? {}, after ?? {}, found);
  return found;
}

function compare(names: string[], before: Row, after: Row, found: Difference[]): void {
  for (const name of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const [was, becomes] = [ownValue(before, name), ownValue(after, name)];
    const field = [...names, name];
    if (isRow(was ?? becomes) && isRow(becomes ?? was)) compare(field, asRow(was), asRow(becomes), found);
    else if (canonicalJson(was ?? null) !== canonicalJson(becomes ?? null)) {
      if (found.length === most) return;
      found.push({
        field: fieldPath(field),
        ...(isSaid(was) && { before: cut(was) }),
        ...(isSaid(becomes) && { after: cut(becomes) }),
      });
    }
  }
}

function ownValue(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function asRow(value: unknown): Row {
  return isRow(value) ? value : {};
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function cut(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : value;
}
