import type { SqlSession, SqlTable } from '@millrace/sdk';
import { dialect, quoted } from '../dialect/dialect.ts';
import { usualCursor } from './usual-cursor.ts';

/** Tables (partitioned and foreign ones too; partitions belong to their table), views and materialized views, with their columns; of a domain, the type below it, however many domains lie between. */
const statement = `
  WITH RECURSIVE below (domain, type) AS (
    SELECT oid, typbasetype FROM pg_type WHERE typtype = 'd'
    UNION ALL
    SELECT b.domain, t.typbasetype FROM below b JOIN pg_type t ON t.oid = b.type WHERE t.typtype = 'd'
  ), base AS (SELECT b.domain, b.type FROM below b JOIN pg_type t ON t.oid = b.type WHERE t.typtype <> 'd')
  SELECT n.nspname, c.relname, obj_description(c.oid, 'pg_class'),
         (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(coalesce(base.type, a.atttypid), -1), 'nullable', NOT a.attnotnull) ORDER BY a.attnum)
            FROM pg_attribute a LEFT JOIN base ON base.domain = a.atttypid
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             AND has_column_privilege(c.oid, a.attnum, 'SELECT')),
         (SELECT json_agg(a.attname ORDER BY k.place)
            FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, place), pg_attribute a
           WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = ANY (ARRAY(SELECT json_array_elements_text($1::json))) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
     AND NOT c.relispartition AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
   ORDER BY 1, 2`;

export async function readableTables(session: SqlSession, schemas: string[]): Promise<[string, SqlTable][]> {
  const found = await session.rows(statement, [JSON.stringify(schemas)]);
  return found.map(([schema, table, comment, columns, key]) =>
    named(schema ?? '', table ?? '', {
      description: comment ?? undefined,
      columns: parsed<SqlTable['columns']>(columns),
      key: parsed<string[]>(key),
    }),
  );
}

function named(
  schema: string,
  table: string,
  { description, columns, key }: Pick<SqlTable, 'description' | 'columns' | 'key'>,
): [string, SqlTable] {
  const name = schema === 'public' && !table.includes('.') ? table : `${schema}.${table}`;
  const isWhole = key?.every((column) => columns.some((one) => one.name === column)); // a part of it may not be readable
  const from = `${quoted(schema)}.${quoted(table)}`;
  return [
    name,
    {
      title: name,
      description,
      from,
      columns,
      key: key?.length && isWhole ? key : undefined,
      cursor: usualCursor(columns, dialect),
    },
  ];
}

function parsed<T extends unknown[]>(json: string | null | undefined): T {
  return JSON.parse(json ?? '[]') as T;
}
