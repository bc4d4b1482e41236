import { MillraceError } from '../../errors/index.ts';
import type { SqlColumn } from './dialect.ts';

const plainName = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** The path that reads a column from a record: names with spaces, dots or quotes stand in brackets. */
export function pathOf(name: string): string {
  return plainName.test(name) ? name : `["${name.replaceAll(/["\\]/g, '\\$&')}"]`;
}

/** The column that a path, or its bare name, means. Nothing else ever reaches a statement. Throws `invalid_config`. */
export function columnAt(path: string, columns: SqlColumn[]): SqlColumn {
  const found = columns.find(({ name }) => pathOf(name) === path) ?? columns.find(({ name }) => name === path);
  if (found) return found;
  const known = columns.slice(0, 30).map(({ name }) => pathOf(name));
  throw new MillraceError(
    'invalid_config',
    `There is no column ${path}. Choose key and cursor among ${known.join(', ')}.`,
  );
}
