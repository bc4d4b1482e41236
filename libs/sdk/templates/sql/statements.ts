import type { SqlColumn, SqlDialect, SqlText } from './dialect.ts';
import type { Selection } from './selection.ts';
import { Where } from './where.ts';

export interface Statement {
  sql: string;
  parameters: SqlText[];
}

/**
 * nulls: rows whose cursor is NULL, by key: in the order of the cursor they would be lost. rows: the others, by (cursor, key); without a
 * cursor all, by key.
 */
export type Part = 'nulls' | 'rows';

/** A keyset page: the rows after `after`, which holds the values of the order's columns. */
export function keysetPage(selection: Selection, part: Part, after: SqlText[] | undefined, limit: number): Statement {
  const where = partOf(selection, part);
  for (const column of selection.key) if (column.nullable) where.isNotNull(column);
  const order = orderOf(selection, part);
  if (after) where.after(order, after);
  return statement(selection, where, order, limit);
}

/** The rows that cannot be paged since they have no whole key: all of them, where the stream has no key. */
export function withoutKey(selection: Selection, part: Part): Statement {
  const { cursor, key } = selection;
  const where = partOf(selection, part);
  if (key.length > 0) where.anyIsNull(key);
  return statement(selection, where, cursor && part === 'rows' ? [cursor] : []);
}

/** The rows that the run is going to read, for an estimate. */
export function rowsToRead(selection: Selection): Statement {
  return statement(selection, partOf(selection, 'rows'), []);
}

export function orderOf({ cursor, key }: Selection, part: Part): SqlColumn[] {
  return cursor && part === 'rows' ? [cursor, ...key.filter((column) => column !== cursor)] : key;
}

function partOf(selection: Selection, part: Part): Where {
  const where = new Where(selection.dialect);
  const { cursor, from, until, lookback } = selection;
  if (!cursor) return where;
  if (part === 'nulls') return where.isNull(cursor);
  if (cursor.nullable) where.isNotNull(cursor);
  if (from !== undefined) where.notBefore(cursor, from, lookback);
  if (until !== undefined) where.notAfter(cursor, until);
  return where;
}

/** The columns of an order that a record has in another form: as the database prints them they stand behind all others, or nothing could be compared with them. */
export function printedBesides({ dialect }: Selection, order: SqlColumn[]): SqlColumn[] {
  return order.filter((column) => selected(dialect, column) !== dialect.quote(column.name));
}

function statement(selection: Selection, where: Where, order: SqlColumn[], limit?: number): Statement {
  const { table, dialect } = selection;
  const printed = (columns: SqlColumn[]): string[] => columns.map(({ name }) => dialect.quote(name));
  const columns = table.columns.map((column) => selected(dialect, column));
  const parts = [
    `SELECT ${[...columns, ...printed(printedBesides(selection, order))].join(', ')}`,
    `FROM ${table.from}`,
    ...where.clause(),
  ];
  if (order.length > 0) parts.push(`ORDER BY ${printed(order).join(', ')}`);
  if (limit !== undefined) parts.push(`LIMIT ${limit}`);
  return { sql: parts.join(' '), parameters: where.parameters };
}

function selected(dialect: SqlDialect, column: SqlColumn): string {
  const quoted = dialect.quote(column.name);
  return dialect.select?.(column, quoted) ?? quoted;
}
