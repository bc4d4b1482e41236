import { defineConnector, sqlSource } from '@millrace/sdk';
import { tablesAndQueries } from './catalog/tables-and-queries.ts';
import { checkDatabase } from './check.ts';
import { PostgresConfig } from './config.ts';
import { dialect } from './dialect/dialect.ts';
import { openSession } from './session/open-session.ts';

export default defineConnector({
  id: 'postgres',
  title: 'PostgreSQL',
  description: 'Reads tables, views and queries of a PostgreSQL database, whole or only what changed.',
  version: '1.0.0',
  config: PostgresConfig,
  check: checkDatabase,
  source: sqlSource<PostgresConfig>({
    dialect,
    open: openSession,
    tables: tablesAndQueries,
    lookback: ({ lookbackSeconds }) => lookbackSeconds,
  }),
});
