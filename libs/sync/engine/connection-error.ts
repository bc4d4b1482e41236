import { MillraceError, messageOf } from '@millrace/sdk';
import type { RunError } from '../runs/run.schema.ts';

/** An error that came from one of a run's connections. */
export class ConnectionError extends MillraceError {
  constructor(
    error: MillraceError,
    readonly connection: string,
  ) {
    const { cause, details, retryable, retryAfter } = error;
    super(error.code, error.message, { cause, details, retryable, retryAfter });
  }
}

/** What is stored of an error; what nobody foresaw is `internal`. */
export function runErrorOf(thrown: unknown): RunError {
  return {
    code: thrown instanceof MillraceError ? thrown.code : 'internal',
    message: messageOf(thrown),
    ...(thrown instanceof ConnectionError && { connection: thrown.connection }),
  };
}
