import { isWholeDay, type CursorWindow, type PlanContext } from '../../connector/index.ts';
import type { Json } from '../../json.ts';
import { columnAt } from './column-paths.ts';
import { cursorText } from './cursor-state.ts';
import type { SqlColumn, SqlDialect, SqlTable } from './dialect.ts';

/** What a run reads of a table: columns checked against the catalog, and the bounds of the cursor. */
export interface Selection {
  dialect: SqlDialect;
  table: SqlTable;
  key: SqlColumn[];
  cursor?: SqlColumn;
  /** Rows below were read by an earlier run. The value itself is read again: rows that share it may have come since. */
  from?: string;
  /** Rows above belong to the next run (of times only), or are beyond the window. */
  until?: string;
  /** Rows without a cursor value are read, too. */
  nulls: boolean;
  lookback: number;
}

interface Bounds extends Pick<PlanContext, 'stream' | 'until' | 'window'> {
  state?: Json;
  lookback: number;
}

export function selection(
  dialect: SqlDialect,
  table: SqlTable,
  { stream, state, until, window, lookback }: Bounds,
): Selection {
  const cursor = stream.cursor === undefined ? undefined : columnAt(stream.cursor, table.columns);
  const key = stream.key.map((path) => columnAt(path, table.columns));
  if (!cursor) return { dialect, table, key, nulls: false, lookback: 0 };
  const read = { dialect, table, key, cursor };
  if (window) return { ...read, ...boundsOf(window), nulls: false, lookback: 0 };
  const nulls = cursor.nullable;
  return { ...read, from: cursorText(state), until: boundary(dialect, cursor, until), nulls, lookback };
}

const day = 86_400_000;

/** A date alone means the whole day: asked for is up to the next one, of which the engine leaves out the rest. */
function boundsOf({ from, to }: CursorWindow): Pick<Selection, 'from' | 'until'> {
  const until = isWholeDay(to) ? new Date(Date.parse(to) + day).toISOString() : to;
  return {
    from: from === undefined ? undefined : String(from),
    until: until === undefined ? undefined : String(until),
  };
}

const easternmost = 14 * 3_600_000; // no clock on earth is further ahead of UTC

/** A local time may be ahead of ours: held against UTC, the rows of the last hours would be late. */
function boundary(dialect: SqlDialect, cursor: SqlColumn, until: string): string | undefined {
  const kind = dialect.kind(cursor.type);
  if (kind === 'instant') return until;
  return kind === 'local' ? new Date(Date.parse(until) + easternmost).toISOString() : undefined;
}
