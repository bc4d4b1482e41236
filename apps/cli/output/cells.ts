import type { Row } from '@millrace/sdk';
import { oneLine } from './plain-text.ts';

const widest = 36;

/** The fields of nested records as columns, `traits.firstName`, and their values as short texts. */
export function columnsOf(records: Row[]): { headings: string[]; rows: string[][] } {
  const flat = records.map((record) => new Map(fieldsOf(record)));
  const headings = [...new Set(flat.flatMap((fields) => [...fields.keys()]))];
  return { headings, rows: flat.map((fields) => headings.map((heading) => cell(fields.get(heading)))) };
}

/** A value on one line, cut where it is long. */
export function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  const letters = [...oneLine(text)];
  return letters.length > widest ? `${letters.slice(0, widest - 1).join('')}…` : letters.join('');
}

function fieldsOf(record: Row, prefix = ''): [string, unknown][] {
  return Object.entries(record).flatMap(([name, value]): [string, unknown][] =>
    isNested(value) ? fieldsOf(value, `${prefix}${name}.`) : [[prefix + name, value]],
  );
}

function isNested(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
