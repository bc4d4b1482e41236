import type { Mapping } from '../mapping/index.ts';
import type { Json, JsonSchema, Row } from '../json.ts';
import type { ConnectorContext } from './context.ts';
import type { CursorWindow } from './cursor-window.ts';
import type { LaneLag } from './lane-lag.ts';
import type { FinishedSlice, Page, Slice } from './page.ts';

/** The fields in force for this sync: the stream's own, unless the operator chose others. */
export interface StreamSettings {
  name: string;
  key: string[];
  cursor?: string;
}

export interface PlanContext<C = unknown> extends ConnectorContext<C> {
  stream: StreamSettings;
  /** Where the last run ended (absent: read everything). */
  state?: Json;
  /** ISO time at which the run was frozen: rows changed later belong to the next run. */
  until: string;
  /** Only rows whose cursor lies in it are wanted. The engine leaves out the others: asking the source for less only saves work. */
  window?: CursorWindow;
}

export interface ReadContext<C = unknown> extends PlanContext<C> {
  slice: Slice;
  /** The `resume` of the last page whose rows are durable (absent: from the slice's start). */
  resume?: Json;
}

/** One of the subscribers of a sync, which share its lanes. */
export interface Consumer {
  /** Names the sync, the same over all its runs: the usual name of a consumer group. */
  group: string;
  /** Its number, from 0. Where no broker shares the lanes out, it takes those whose number modulo `of` is this. */
  index: number;
  of: number;
}

export interface SubscribeContext<C = unknown> extends ConnectorContext<C> {
  stream: StreamSettings;
  /** Per lane, the `resume` of the last durable page. */
  lanes: Record<string, Json>;
  consumer: Consumer;
  /**
   * To be called when the broker gives this subscriber a lane while it is subscribed: nobody else can write the lane's rows from then on.
   * Tells the `resume` of its last durable page (absent: none of its rows are durable).
   */
  assign(lane: string): Promise<Json | undefined>;
  /**
   * Per lane of the sync, whoever reads it, the `resume` of the last page whose rows have arrived, as of now: for sources whose lanes follow upon each
   * other.
   */
  places(): Promise<Record<string, Json>>;
}

/** A stream of a connection: where records are from. */
export interface StreamOrigin {
  connection: string;
  stream: string;
}

export interface Stream<C = unknown, R extends Row = Row> {
  title?: string;
  description?: string;
  /** Field path or paths that name a record. Absent: a record is what it contains. */
  key?: string | string[];
  /** Field path that grows with every change; makes the stream incremental. */
  cursor?: string;
  /** How far an incremental read looks back: seconds for times, units for numbers (default 0). */
  lookback?: number;
  /** JSON Schema of a record; rows that do not fit become rejects. */
  schema?: JsonSchema;
  /**
   * What a record means to the profile store: object name → mapping. A record goes to those whose mapping finds something in it; one for which none does goes to
   * all, to be refused there.
   */
  outputs?: Record<string, Mapping>;
  /** Its records are told as being from there: a store that passes on what it got from another connection. */
  origin?: StreamOrigin;
  /** Reading it again costs no other system anything: a sync with a changed mapping or filter reads it from the start. */
  replayable?: true;
  /** Slices of the run that can be read on their own (default: one). */
  plan?(ctx: PlanContext<C>): Promise<Slice[]> | AsyncIterable<Slice>;
  read?(ctx: ReadContext<C>): AsyncIterable<Page<R>>;
  /** The state of the next run, once every slice is done (default: the greatest cursor seen, less `lookback`). */
  advance?(state: Json | undefined, slices: FinishedSlice[]): Json | undefined;
  /** Expected number of rows, for progress. */
  count?(ctx: PlanContext<C>): Promise<number | undefined>;
  /** An endless stream: yields pages with `lane` and `resume`, as rows come, until the signal ends it. */
  subscribe?(ctx: SubscribeContext<C>): AsyncIterable<Page<R>>;
  /**
   * The rows up to `resume` are durable: tell the broker. `ctx` is the very object that `subscribe` was given, so it can name the subscription in a
   * WeakMap. Throws `lane_lost` when the broker has given the lane away meanwhile.
   */
  commit?(ctx: SubscribeContext<C>, lane: string, resume: Json): Promise<void>;
  /**
   * The lane was given to another subscriber: drop what is held of it, and yield nothing of it before it is given to this one again. Without
   * `revoke`, a subscriber that loses a lane is ended, and subscribes anew.
   */
  revoke?(ctx: SubscribeContext<C>, lane: string): Promise<void>;
  /**
   * How far each lane is behind that this subscriber has; undefined: it is not known yet. Asked every few seconds while it is subscribed, with the very
   * object that `subscribe` was given. An error ends nothing: it is asked again.
   */
  lag?(ctx: SubscribeContext<C>): Promise<Record<string, LaneLag> | undefined>;
}

/** Gives a stream its types; the config's type comes from where it is used. */
export function stream<C, R extends Row = Row>(definition: Stream<C, R>): Stream<C, R> {
  return definition;
}
