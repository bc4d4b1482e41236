import type { ConnectorContext, PlanContext, Source, Stream } from '../../connector/index.ts';
import type { SqlDialect, SqlSession, SqlTable } from './dialect.ts';
import { advanceCursor } from './cursor-state.ts';
import { pathOf } from './column-paths.ts';
import { readTable } from './read-table.ts';
import { selection, type Selection } from './selection.ts';
import { tableSchema } from './table-schema.ts';
import { rowsToRead } from './statements.ts';

export interface SqlSource<C> {
  dialect: SqlDialect;
  open(ctx: ConnectorContext<C>): Promise<SqlSession>;
  /** Everything that can be read, by the stream's name: `table`, or `schema.table` outside the default schema. */
  tables(session: SqlSession, ctx: ConnectorContext<C>): Promise<Record<string, SqlTable>>;
  /** Seconds (of a number: units) that an incremental read looks back, for transactions that commit late (default 0). */
  lookback?(config: C): number;
}

/**
 * A source over a SQL database: every table, view and query is a stream. A stream with a key is read in keyset pages that can be
 * resumed anywhere, first the rows without a cursor value, then in the order of (cursor, key); one without a key in one pass that starts again
 * after a crash. The sync may choose key and cursor. Values are those that the database prints: `resume` and `state` too, so that
 * microseconds and long numbers are exact.
 */
export function sqlSource<C>(source: SqlSource<C>): Source<C> {
  return {
    streams: async (ctx) => {
      const tables = await using(source, ctx, (session) => source.tables(session, ctx));
      return Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, sqlStream(source, table)]));
    },
  };
}

function sqlStream<C>(source: SqlSource<C>, table: SqlTable): Stream<C> {
  const { dialect } = source;
  const select = (ctx: PlanContext<C>): Selection =>
    selection(dialect, table, { ...ctx, lookback: source.lookback?.(ctx.config) ?? 0 });
  return {
    title: table.title,
    description: table.description,
    key: table.key?.map(pathOf),
    cursor: table.cursor === undefined ? undefined : pathOf(table.cursor),
    schema: tableSchema(dialect, table),
    advance: advanceCursor,
    async *read(ctx) {
      const session = await source.open(ctx);
      try {
        yield* readTable(session, select(ctx), ctx);
      } finally {
        await session.close();
      }
    },
    count: (ctx) =>
      using(source, ctx, async (session) => {
        const { sql, parameters } = rowsToRead(select(ctx));
        return dialect.estimate?.(session, sql, parameters);
      }),
  };
}

async function using<C, T>(
  source: SqlSource<C>,
  ctx: ConnectorContext<C>,
  work: (session: SqlSession) => Promise<T>,
): Promise<T> {
  const session = await source.open(ctx);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
