import type { Row } from '../json.ts';
import type { Outcome } from './outcome.ts';

/** What a push of a row would do: an object tells it without writing anything. */
export interface Peek {
  /** What `push` would answer. */
  outcome: Outcome;
  /** As it is today; absent: it is not there. */
  before?: Row;
  /** As it would be; absent: it would not be there. */
  after?: Row;
}
