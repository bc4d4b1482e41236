import colors from 'picocolors';
import type { ChangeView, DryRowView } from '../api/views.ts';
import { cell } from './cells.ts';
import { oneLine } from './plain-text.ts';
import { recordsText } from './records-text.ts';

/** The mapped rows as a table an object, then what each would change, then the others with their reason. */
export function printDryRun(rows: DryRowView[]): void {
  const objects = new Set(rows.flatMap(({ outputs }) => Object.keys(outputs ?? {})));
  for (const object of objects) {
    console.log(colors.bold(object));
    const records = rows.map(({ outputs }) => outputs?.[object]).filter((record) => record !== undefined);
    console.log(recordsText(records));
  }
  for (const { position, fate, code, message, source, changes = {} } of rows) {
    for (const [object, change] of Object.entries(changes)) {
      if (fate !== 'rejected') printChange(position ?? cell(source), object, change);
    }
    if (fate === 'mapped' || (fate === 'deleted' && Object.keys(changes).length > 0)) continue;
    const reason = oneLine([code, message].filter(Boolean).join(': '));
    console.log(`${colors.yellow(`${oneLine(position ?? 'a row')} ${fate}`)} ${reason} ${colors.dim(cell(source))}`);
  }
  if (rows.length === 0) console.log(colors.dim('The source gave no rows.'));
}

function printChange(row: string, object: string, { change, differences }: ChangeView): void {
  console.log(`${colors.dim(row)} ${object}: ${colorOf(change)(change)}`);
  for (const { field, before, after } of differences)
    console.log(`  ${field} ${colors.red(cell(before) || '–')} → ${colors.green(cell(after) || '–')}`);
}

function colorOf(change: string): (text: string) => string {
  if (change === 'create') return colors.green;
  if (change === 'delete') return colors.red;
  return change === 'update' ? colors.yellow : colors.dim;
}
