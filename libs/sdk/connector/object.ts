import type { Mapping } from '../mapping/index.ts';
import type { JsonSchema, Row } from '../json.ts';
import type { ConnectorContext } from './context.ts';
import type { Outcome } from './outcome.ts';
import type { StreamOrigin } from './stream.ts';
import type { Peek } from './peek.ts';

/**
 * upsert: insert or update by key; insert: append only; update: existing ones only; mirror: upsert, and remove what the source no longer
 * has; delete: remove.
 */
export type WriteMode = 'upsert' | 'insert' | 'update' | 'mirror' | 'delete';

/** A mapped row on its way to a destination. */
export interface PushRow<R extends Row = Row> {
  op: 'upsert' | 'delete';
  record: R;
  /** Names the source record within its stream: the same record has the same key in every run. */
  key: string;
  /** ISO time of the change, as the source tells it (its cursor), else of the run. */
  at: string;
  /** The source tells no time of change: `at` is only the run's. */
  undated?: boolean;
  /** Position within the run: orders rows with an equal `at`. */
  seq: number;
}

export interface PushContext<C = unknown> extends ConnectorContext<C> {
  /** The same for the same rows, however often they are sent: use it as the idempotency key. */
  batchId: string;
  mode: WriteMode;
  /** Where the rows come from, and the fields that name them there (none: a row is what it contains). */
  from: StreamOrigin & { key?: string[] };
  run: string;
}

export interface PollContext<C = unknown> extends ConnectorContext<C> {
  run: string;
}

export interface DestinationObject<C = unknown, R extends Row = Row> {
  title?: string;
  description?: string;
  /** Field or fields of the mapped record that name it at the destination. */
  key?: string | string[];
  modes: WriteMode[];
  /** JSON Schema of a mapped record, for who writes mappings. Rows are not held against it: `push` rejects those that lack what is needed. */
  schema?: JsonSchema;
  /** natural: a repeat by key changes nothing; key: the destination recognises `batchId`; none: a repeat is a duplicate. */
  idempotency: 'natural' | 'key' | 'none';
  /**
   * It wants every row of a run: it tells by itself what changed, or starts anew with each run, as a file does. Otherwise the engine
   * remembers what was acknowledged and sends only changes.
   */
  everyRow?: boolean;
  /**
   * Each run puts its rows in the place of those of the run before, as a file of one name does. The engine then runs it in full only: what a window, a
   * replay or an incremental read leaves out would be gone.
   */
  startsAnew?: boolean;
  /**
   * The stream of the same connector that reads back what is written from there, where that is another one for each source. Lineage then gives both
   * one name (default: the object's).
   */
  readBackAs?(from: StreamOrigin): Promise<string>;
  /** Limits of one push (default: 1,000 records, 1 MB). */
  batch?: { records?: number; bytes?: number };
  /** The usual mapping from a profile. */
  mapping?: Mapping;
  /** Sends rows: one outcome a row, in their order. Throwing means that none arrived for sure. */
  push(ctx: PushContext<C>, rows: PushRow<R>[]): Promise<Outcome[]>;
  /**
   * What a push of these rows would do, for dry runs: one answer a row, in their order; a row sees those before it. Writes nothing, neither
   * here nor at the destination.
   */
  peek?(ctx: PushContext<C>, rows: PushRow<R>[]): Promise<Peek[]>;
  /** What became of pending rows, in the tokens' order. */
  poll?(ctx: PollContext<C>, tokens: string[]): Promise<Outcome[]>;
  /** Rows are there only once `finish` has put them there, as in a file: the engine hands none over on its own. */
  appearsAtEnd?: boolean;
  /** After the last row of a run, e.g. to put a finished file in its place. */
  finish?(ctx: PushContext<C>): Promise<void>;
}

/** Gives an object its types; the config's type comes from where it is used. */
export function object<C, R extends Row = Row>(definition: DestinationObject<C, R>): DestinationObject<C, R> {
  return definition;
}
