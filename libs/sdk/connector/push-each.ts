import { MillraceError, messageOf } from '../errors/index.ts';
import type { Row } from '../json.ts';
import type { PushRow } from './object.ts';
import { ok, rejected, retry, unknown, type Outcome } from './outcome.ts';

/**
 * Sends rows one by one, for APIs that take no list. What the other side refuses rejects its row, what got no answer is `unknown`. Where nothing more is to be had
 * now (429, refused credentials, no answer), the rest waits; it is thrown where no row has been sent yet.
 *
 * @param send sends a row; gives its outcome where it is another than `ok`
 */
export async function pushEach<R extends Row>(
  rows: PushRow<R>[],
  send: (row: PushRow<R>) => Promise<Outcome | void>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const row of rows) {
    try {
      outcomes.push((await send(row)) ?? ok());
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome === undefined && outcomes.length === 0) throw error;
      if (outcome !== undefined) outcomes.push(outcome);
      if (concernsAll(error)) return [...outcomes, ...rows.slice(outcomes.length).map(() => later(error))];
    }
  }
  return outcomes;
}

const refusals = new Set(['remote_rejected', 'malformed_row']);
const doubts = new Set(['remote_error', 'invalid_response', 'timeout', 'unreachable']);

/** What an error says about the row that was being sent; undefined: it was not sent. */
function outcomeOf(error: unknown): Outcome | undefined {
  if (!(error instanceof MillraceError)) return undefined;
  if (refusals.has(error.code)) return rejected(error.code, error.message);
  return doubts.has(error.code) ? unknown(error.message) : undefined;
}

/** The next row would fare no better. */
function concernsAll(error: unknown): boolean {
  if (!(error instanceof MillraceError)) return true;
  return !refusals.has(error.code) && error.code !== 'remote_error' && error.code !== 'invalid_response';
}

function later(error: unknown): Outcome {
  return retry(error instanceof MillraceError ? error.retryAfter : undefined, messageOf(error));
}
