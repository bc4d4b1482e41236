import { errorCodes, type ErrorCode } from './codes.ts';
import type { Json } from '../json.ts';

export interface ErrorOptions {
  cause?: unknown;
  /** Facts for programs, shown outside: never a secret, never personal data. */
  details?: Json;
  /** Overrides the code's own `retryable`. */
  retryable?: boolean;
  /** Milliseconds until another attempt makes sense. */
  retryAfter?: number;
}

/** The one error class: a stable code, and a message that says what happened and what to do. */
export class MillraceError extends Error {
  readonly details?: Json;
  readonly retryable: boolean;
  readonly retryAfter?: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'MillraceError';
    this.details = options.details;
    this.retryable = options.retryable ?? 'retryable' in errorCodes[code];
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return errorCodes[this.code].status;
  }
}

/** The text of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
