import type { JsonSchema } from '../../json.ts';

/**
 * What a column can be used for. An instant (a time with its zone), a local time or date (whose zone nobody knows), a whole number and one with
 * decimals may be a cursor.
 */
export type ColumnKind = 'instant' | 'local' | 'integer' | 'decimal' | 'other';

export interface SqlColumn {
  name: string;
  /** The database's own name of the type, as it stands in a cast. */
  type: string;
  nullable: boolean;
}

/** A table, a view or a query that can be read. */
export interface SqlTable {
  title?: string;
  description?: string;
  /** What stands after FROM, with an alias if it is a query. Quoted: this text goes into SQL as it is. */
  from: string;
  columns: SqlColumn[];
  /** Columns of the primary key (default: none). */
  key?: string[];
  /** The usual cursor; must be one of the columns. */
  cursor?: string;
}

/** A value as the database prints it: nothing is rounded or shifted on the way. */
export type SqlText = string | null;

/** One connection to a database, in UTC and read-only. Its methods end with the signal of the context that it was opened with. */
export interface SqlSession {
  /** The rows of a statement; `parameters` are texts that the statement casts. */
  rows(sql: string, parameters: SqlText[]): Promise<SqlText[][]>;
  /** The rows of a statement from one snapshot, some at a time: `size` says how many next. For what cannot be read in pages. */
  batches(sql: string, parameters: SqlText[], size: () => number): AsyncIterable<SqlText[][]>;
  close(): Promise<void>;
}

/** The peculiarities of a database. */
export interface SqlDialect {
  /** An identifier, quoted. */
  quote(name: string): string;
  /** Parameter number `index` (from 1) as a value of a type. */
  parameter(index: number, type: string): string;
  /** The expression that selects a column, where it is not the column itself. */
  select?(column: SqlColumn, quoted: string): string;
  kind(type: string): ColumnKind;
  /** JSON Schema of the values that `value` gives. */
  schema(type: string): JsonSchema;
  /** Makes JSON data of what the database prints. */
  value(type: string): (text: string) => unknown;
  /** A time expression, so many seconds earlier. */
  earlier(expression: string, seconds: number): string;
  /** The rows that the database expects of a statement. */
  estimate?(session: SqlSession, sql: string, parameters: SqlText[]): Promise<number | undefined>;
}
