import type { Logger } from '@millrace/sdk';

/**
 * Structured log lines; the class is also the injection token. Secrets (by key, by shape, by registered value) and e-mail
 * addresses are taken out before a line is written.
 */
export abstract class Log implements Logger {
  abstract debug(fields: object, message?: string): void;
  abstract info(fields: object, message?: string): void;
  abstract warn(fields: object, message?: string): void;
  abstract error(fields: object, message?: string): void;

  /** A log whose every line carries these fields too. */
  abstract child(fields: object): Log;

  /** A log that also replaces these values, wherever they turn up in a line. */
  abstract withSecrets(secrets: readonly string[]): Log;
}
