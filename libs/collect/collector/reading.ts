import type { Message } from '../messages/index.ts';

/** How what has arrived is to be read. */
export interface Reading {
  receivedAt: Date;
  /** Throws `invalid_row`. */
  read: (given: unknown) => Message;
}
