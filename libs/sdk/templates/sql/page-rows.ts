import type { SqlText } from './dialect.ts';

const mostRows = 2000;
const mostBytes = 8_000_000;
const firstRows = 100;
const growth = 4;

/** How many rows to ask for next: grows from page to page, and shrinks where rows are large, so that memory stays bounded. */
export class PageRows {
  next = firstRows;

  /** Learns from a page. */
  saw(rows: SqlText[][]): void {
    const largest = rows.reduce((most, row) => Math.max(most, sizeOf(row)), 1);
    const fitting = Math.max(1, Math.floor(mostBytes / largest));
    this.next = Math.min(mostRows, this.next * growth, fitting);
  }
}

function sizeOf(row: SqlText[]): number {
  return row.reduce((sum, value) => sum + (value?.length ?? 0), 0);
}
