import { MillraceError, type SqlTable } from '@millrace/sdk';
import type { QueryConfig } from '../config.ts';
import type { PostgresSession } from '../session/session.ts';

/** A query as something to select from. On lines of its own, so that a comment at its end hides nothing. */
export async function describeQuery(
  session: PostgresSession,
  { name, sql, key, cursor }: QueryConfig,
): Promise<SqlTable> {
  const from = `(\n${sql.trim().replace(/;+$/, '')}\n) AS query`;
  const fields = await session.fields(`SELECT * FROM ${from} LIMIT 0`);
  refuseDoubles(
    name,
    fields.map((field) => field.name),
  );
  const types = await typeNames(
    session,
    fields.map((field) => field.dataTypeID),
  );
  const columns = fields.map((field, index) => ({ name: field.name, type: types[index] ?? 'text', nullable: true }));
  for (const column of [...(key ?? []), ...(cursor === undefined ? [] : [cursor])]) {
    if (!columns.some((one) => one.name === column))
      throw noColumn(
        name,
        column,
        columns.map((one) => one.name),
      );
  }
  return { title: name, from, columns, key, cursor };
}

async function typeNames(session: PostgresSession, oids: number[]): Promise<string[]> {
  const rows = await session.rows(
    'SELECT format_type(t.oid::oid, -1) FROM json_array_elements_text($1::json) WITH ORDINALITY AS t (oid, place) ORDER BY place',
    [JSON.stringify(oids)],
  );
  return rows.map(([type]) => type ?? 'text');
}

function refuseDoubles(query: string, names: string[]): void {
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double === undefined) return;
  throw new MillraceError(
    'invalid_config',
    `The query "${query}" has two columns called "${double}". Name them apart with AS.`,
  );
}

function noColumn(query: string, column: string, names: string[]): MillraceError {
  return new MillraceError(
    'invalid_config',
    `The query "${query}" has no column "${column}" for its key or cursor. It has ${names.join(', ')}.`,
  );
}
