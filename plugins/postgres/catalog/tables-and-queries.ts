import { MillraceError, type ConnectorContext, type SqlSession, type SqlTable } from '@millrace/sdk';
import type { PostgresConfig } from '../config.ts';
import { type PostgresSession } from '../session/session.ts';
import { describeQuery } from './queries.ts';
import { readableTables } from './tables.ts';

/** Every table and view that the user may read, and every configured query, by the stream's name. */
export async function tablesAndQueries(
  session: SqlSession,
  { config }: ConnectorContext<PostgresConfig>,
): Promise<Record<string, SqlTable>> {
  const tables = new Map<string, SqlTable>(await readableTables(session, config.schemas));
  for (const query of config.queries) {
    if (tables.has(query.name)) {
      throw new MillraceError(
        'invalid_config',
        `There is another stream called "${query.name}". Give the query another name.`,
      );
    }
    tables.set(query.name, await describeQuery(session as PostgresSession, query));
  }
  return Object.fromEntries(tables);
}
