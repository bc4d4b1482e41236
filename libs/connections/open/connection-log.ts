import type { Logger } from '@millrace/sdk';
import type { Log } from '#platform';

/** The log that a connector is given. It learns of secrets that are renewed while it is in use. */
export class ConnectionLog implements Logger {
  #log: Log;

  constructor(log: Log, secrets: string[]) {
    this.#log = log.withSecrets(secrets);
  }

  hide(secrets: string[]): void {
    this.#log = this.#log.withSecrets(secrets);
  }

  debug(fields: object, message?: string): void {
    this.#log.debug(fields, message);
  }

  info(fields: object, message?: string): void {
    this.#log.info(fields, message);
  }

  warn(fields: object, message?: string): void {
    this.#log.warn(fields, message);
  }

  error(fields: object, message?: string): void {
    this.#log.error(fields, message);
  }
}
