import colors from 'picocolors';
import { oneLine } from './plain-text.ts';

/** Rows in aligned columns under a dim heading. */
export function printTable(headings: string[], rows: string[][]): void {
  console.log(tableText(headings, rows));
}

export function tableText(headings: string[], rows: string[][]): string {
  if (rows.length === 0) return colors.dim('none');
  const all = [headings, ...rows].map((cells) => cells.map(oneLine));
  const widths = headings.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
  const [heading = '', ...lines] = all.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [colors.dim(heading), ...lines].join('\n');
}
