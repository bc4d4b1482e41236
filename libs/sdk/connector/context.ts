import type { Readable, Writable } from 'node:stream';
import type { Socket } from 'node:net';
import type { Json } from '../json.ts';
import type { Deliveries } from './deliveries.ts';
import type { HttpClient } from './http-client.ts';

/** Structured log lines; secrets are redacted. Never pass personal data. */
export interface Logger {
  debug(fields: object, message?: string): void;
  info(fields: object, message?: string): void;
  warn(fields: object, message?: string): void;
  error(fields: object, message?: string): void;
}

/** Files under the operator's allowed roots (`MILLRACE_FILE_ROOTS`), after resolving links. */
export interface FileAccess {
  /** Absolute paths that match a path or glob, sorted. Throws `file_not_found` when nothing does, `file_not_allowed` outside the roots. */
  list(pattern: string): Promise<string[]>;
  /** Reads bytes from `start` (default 0). */
  open(path: string, options?: { start?: number; signal?: AbortSignal }): Promise<Readable>;
  size(path: string): Promise<{ bytes: number; modifiedAt: Date }>;
  /** Writes a file, or appends to one; folders are made. */
  create(path: string, options?: { append?: boolean }): Promise<Writable>;
  /** Puts a finished file in its place in one step. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export interface SocketTarget {
  host: string;
  port: number;
}

/** What every function of a connector is given. Nothing in it outlives the call's run. */
export interface ConnectorContext<C = unknown> {
  config: C;
  http: HttpClient;
  files: FileAccess;
  /** What has come to the connection's webhook: see `webhookStreams`. */
  deliveries: Deliveries;
  log: Logger;
  /** Ends the work: cancelled run, lost lease, shutdown. Pass it on to whatever waits. */
  signal: AbortSignal;
  /** A raw socket that is connecting, behind the same guard as `http`: for database drivers. */
  connect(target: SocketTarget): Socket;
  /** Compare-and-set in the vault: fails with `secret_conflict` when somebody changed the secrets since `config` was read. */
  updateSecrets(secrets: Record<string, Json>): Promise<void>;
}
