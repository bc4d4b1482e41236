import { CsvScanner, type Newline, type RawRow } from '@millrace/sdk';

const candidates = [',', ';', '\t', '|'];
const rowsLookedAt = 50;

/** The delimiter that cuts the first rows into the same number of columns, quotes respected; a comma if none does. */
export function detectDelimiter(head: string, complete: boolean, newline: Newline): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of candidates) {
    const score = scoreOf(firstRows(head, complete, delimiter, newline));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Share of rows as wide as the first, then width: a separator beats a character that happens to be in the text. */
function scoreOf(rows: RawRow[]): number {
  const width = rows[0]?.fields?.length ?? 1;
  if (width < 2) return 0;
  const alike = rows.filter((row) => row.fields?.length === width).length;
  return (alike / rows.length) * 10 + Math.min(width, 1_000) / 1_000;
}

export function firstRows(head: string, complete: boolean, delimiter: string, newline: Newline): RawRow[] {
  const scanner = new CsvScanner(delimiter, newline, { offset: 0, line: 1 });
  scanner.push(head);
  if (complete) scanner.end();
  const rows: RawRow[] = [];
  for (let row = scanner.next(); row && rows.length < rowsLookedAt; row = scanner.next()) rows.push(row);
  return rows;
}
