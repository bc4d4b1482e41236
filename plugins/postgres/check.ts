import { MillraceError, type ConnectorContext } from '@millrace/sdk';
import { tablesAndQueries } from './catalog/tables-and-queries.ts';
import type { PostgresConfig } from './config.ts';
import { openSession } from './session/open-session.ts';

/** Connects, and makes sure that there is something to read. */
export async function checkDatabase(ctx: ConnectorContext<PostgresConfig>): Promise<void> {
  const session = await openSession(ctx);
  try {
    const tables = await tablesAndQueries(session, ctx);
    if (Object.keys(tables).length > 0) return;
    throw new MillraceError(
      'permission_denied',
      `The user "${ctx.config.user}" may read no table or view in ${ctx.config.schemas.join(', ')}. Grant USAGE on the schema and SELECT on its tables, or name other schemas.`,
    );
  } finally {
    await session.close();
  }
}
