import { superseded, type Outcome } from '@millrace/sdk';
import { compareVersions } from '#platform';
import type { OrderDeletion } from './order-deletion.schema.ts';
import { deletion, type OrderRow } from './read-order.ts';

/** What a row says of one order. The deletion of a line that was moved concerns several. */
export interface Saying {
  order: string;
  row: OrderRow;
}

/** That the record of a row was deleted in a later version than the row's, which was told before. */
export function endOf(row: OrderRow, told: OrderDeletion | undefined): Saying | undefined {
  const version = row.head ?? row.line;
  if (row.deleted || !told || !version || compareVersions(told, version) < 0) return undefined;
  return { order: row.order, row: deletion(row.order, row.record, told) };
}

/** The outcome of a row whose record has ended: what it said of its order beside the line still counts. */
export function endedOutcome({ head, line }: OrderRow, outcome: Outcome, end: Outcome | undefined): Outcome {
  if (!end || end.status === 'retry') return end ?? outcome;
  return head && line ? outcome : superseded();
}

/** The outcome of a row that said something of several orders. */
export function joinOutcomes(x: Outcome | undefined, y: Outcome | undefined): Outcome | undefined {
  if (!x || !y) return x ?? y;
  const counts = [x, y].find(({ status }) => status === 'retry') ?? [x, y].find(({ status }) => status === 'ok');
  return counts ?? x;
}
