import type { Row } from '@millrace/sdk';
import { columnsOf } from './cells.ts';
import { plainText } from './plain-text.ts';
import { tableText } from './table.ts';

const usualWidth = 160;

/** Records as a table, or as JSON where a table would be too wide to read. */
export function recordsText(records: Row[], width: number = process.stdout.columns ?? usualWidth): string {
  const { headings, rows } = columnsOf(records);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const needed = widths.reduce((sum, each) => sum + each + 2, 0);
  if (needed <= Math.max(width, usualWidth)) return tableText(headings, rows);
  return plainText(records.map((record) => JSON.stringify(record, null, 2)).join('\n'));
}
