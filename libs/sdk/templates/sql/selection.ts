import type { PlanContext } from '../../connector/index.ts';
import type { Json } from '../../json.ts';
import { columnAt } from './column-paths.ts';
import { cursorOf } from './cursor-state.ts';
import type { SqlColumn, SqlDialect, SqlTable } from './dialect.ts';

/** What a run reads of a table: columns checked against the catalog, and the bounds of the cursor. */
export interface Selection {
  dialect: SqlDialect;
  table: SqlTable;
  key: SqlColumn[];
  cursor?: SqlColumn;
  /** Rows below were read by an earlier run. The value itself is read again: rows that share it may have come since. */
  from?: string;
  /** ISO time; rows above belong to the next run. Of times only. */
  until?: string;
  lookback: number;
}

interface Bounds extends Pick<PlanContext, 'stream' | 'until'> {
  state?: Json;
  lookback: number;
}

export function selection(dialect: SqlDialect, table: SqlTable, { stream, state, until, lookback }: Bounds): Selection {
  const cursor = stream.cursor === undefined ? undefined : columnAt(stream.cursor, table.columns);
  const key = stream.key.map((path) => columnAt(path, table.columns));
  if (!cursor) return { dialect, table, key, lookback: 0 };
  return { dialect, table, key, cursor, from: cursorOf(state), until: boundary(dialect, cursor, until), lookback };
}

const easternmost = 14 * 3_600_000; // no clock on earth is further ahead of UTC

/** A local time may be ahead of ours: held against UTC, the rows of the last hours would be late. */
function boundary(dialect: SqlDialect, cursor: SqlColumn, until: string): string | undefined {
  const kind = dialect.kind(cursor.type);
  if (kind === 'instant') return until;
  return kind === 'local' ? new Date(Date.parse(until) + easternmost).toISOString() : undefined;
}
