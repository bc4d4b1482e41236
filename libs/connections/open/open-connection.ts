import type { AnyConnector, ConnectorContext, MillraceError } from '@millrace/sdk';
import type { Log } from '#platform';

export interface ConnectionUse {
  /** Ends everything that is done with the connection. */
  signal: AbortSignal;
  /** The connector's lines go here, without the connection's secrets. */
  log: Log;
  /** Id of the run, for the log. */
  run?: string;
}

/** A connection that is ready for its connector's functions. */
export interface OpenConnection {
  id: string;
  /** Of the configuration that `ctx.config` has. */
  revision: number;
  /** See `ConnectionView.place`. */
  place: number;
  connector: AnyConnector;
  /** It is a part of Millrace, such as `profiles`. */
  builtIn: boolean;
  ctx: ConnectorContext;
  /** What may be shown and stored of an error that the connector threw: without the connection's secrets. */
  shownError(thrown: unknown): MillraceError;
  /** Aborts `ctx.signal` and ends the raw sockets that are still open. */
  close(): Promise<void>;
}
