import { messageOf } from '@millrace/sdk';
import { errorCodeOf } from './error-code.ts';

/** Writes are blocked while a cluster is moved, or its disk is full: https://www.mongodb.com/docs/manual/reference/error-codes/ */
const refusals: ReadonlySet<unknown> = new Set<unknown>([371, 14031]);
const atlas = 8000;

/** MongoDB answers, and takes no writes: nothing was changed, and it goes on when somebody has seen to it. */
export function refusesWrites(error: unknown): boolean {
  const code = errorCodeOf(error);
  return refusals.has(code) || (code === atlas && /space quota/i.test(messageOf(error)));
}
