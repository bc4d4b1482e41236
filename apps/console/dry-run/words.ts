import type { DryRow } from '../api/index.ts';

/** "3 create, 1 update, 1 rejected": the changes at all objects, and what becomes of rows that reach none. */
export function summaryOf(rows: readonly DryRow[]): string {
  const counts = new Map<string, number>();
  for (const fate of rows.flatMap(fatesOf)) counts.set(fate, (counts.get(fate) ?? 0) + 1);
  return [...counts].map(([fate, count]) => `${count} ${fate}`).join(', ');
}

/** What becomes of a row: at each object, or by itself. */
function fatesOf({ fate, changes = {} }: DryRow): string[] {
  const made = Object.values(changes).map(({ change }) => change);
  return fate === 'rejected' || made.length === 0 ? [fate === 'deleted' ? 'delete' : fate] : made;
}

/** A value as it may stand in a line; undefined is none. */
export function valueText(value: unknown): string {
  if (value === undefined) return '–';
  const text = typeof value === 'string' && value.trim() !== '' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const longest = 300;
