import type { Json, Row, WriteMode } from '../../index.ts';
import type { TestContextOptions } from '../context/test-context.ts';
import type { Lazy } from './lazy.ts';
import type { WebhookOptions } from './webhook-options.ts';

export interface StreamOptions {
  /** State of an earlier run to read from (default: none, everything is read). */
  state?: Json;
  /** ISO time at which the read is frozen (default: now). */
  until?: string;
  /** It has no data in the test (default: a stream that reads nothing fails). */
  empty?: boolean;
  /** All its data fits one page, so that going on after a page shows little (default: one page fails). */
  onePage?: boolean;
  /** Of an endless stream: how many records there are to be had (default 1). */
  records?: number;
}

export interface ObjectOptions {
  /** Mapped records to push, at least two where the object takes several. */
  rows: Lazy<Row[]>;
  /** Default: the object's first mode. */
  mode?: WriteMode;
  /** Push the rows as removals too. */
  deletes?: boolean;
}

/** `C`: the configuration. */
export interface ContractOptions<C = unknown> {
  /** A configuration that works, as an operator would enter it. */
  config: Lazy<object>;
  /** The same with credentials that the other side refuses; `false`: there are none to refuse. */
  badConfig?: Lazy<object> | false;
  /** Configurations that have to be refused, besides those that the kit makes up. */
  invalidConfigs?: unknown[];
  /** What the context is to have: a folder of files, a recorded HTTP client … Given the parsed configuration. */
  context?: (config: unknown) => TestContextOptions | Promise<TestContextOptions>;
  /** What to know of a stream; `false` leaves it out. */
  streams?: Record<string, StreamOptions | false>;
  /** Rows for each object; `false` leaves it out. */
  objects?: Record<string, ObjectOptions | false>;
  /** What its webhook gets, and how it is signed. */
  webhook?: WebhookOptions<C>;
  /** Milliseconds in which the read of a slice has to end (default 120,000). */
  readWithin?: number;
  /** Milliseconds in which what is pending has to be done (default 120,000). */
  pollWithin?: number;
  /** Milliseconds in which a read has to end after its signal was aborted (default 20,000). */
  abortWithin?: number;
}

export interface ContractCheck {
  name: string;
  /**
   * Throws an error that names the fault and says what to do. Tells how many streams, objects or deliveries it looked at: 0 where the connector has
   * none that it concerns; undefined where it looks at the connector as a whole.
   */
  run(): Promise<number | void>;
}
