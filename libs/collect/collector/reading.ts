import type { Message } from '../messages/index.ts';

/** How what has arrived is to be read. */
export interface Reading {
  receivedAt: Date;
  /** Is told what is given, and its place in the request. Throws `invalid_row`. */
  read: (given: unknown, index: number) => Message;
}
