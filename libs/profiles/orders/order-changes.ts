import { judge, afterJudgement, type Judgement } from '#platform';
import { identityMissing } from '../folding/index.ts';
import { ok, superseded, unchanged, type Effects, type Outcome } from '@millrace/sdk';
import { rejectedWith } from '../writer/index.ts';
import { orderIndex } from './fold-order.ts';
import type { OrderHead, OrderLine, StoredOrder } from './order.schema.ts';
import type { OrderRow } from './read-order.ts';

export interface OrderChange {
  /** Undefined: the order stays as it is. */
  after?: StoredOrder;
  /** One a row; undefined: it deletes a record of which the order knows nothing. */
  outcomes: (Outcome | undefined)[];
}

/** What rows make of an order. */
export function changeOrder(
  id: string,
  before: StoredOrder | undefined,
  rows: readonly OrderRow[],
  now: Date,
): OrderChange {
  const order: Pick<StoredOrder, 'heads' | 'lines'> = {
    heads: [...(before?.heads ?? [])],
    lines: [...(before?.lines ?? [])],
  };
  let exists = before !== undefined;
  let touched = false;
  const outcomes = rows.map((row) => {
    if (!exists && row.deleted) return undefined;
    if (!exists && !row.line && row.ids.length === 0) return rejectedWith(identityMissing());
    const line = row.line && putLine(order.lines, row.line, row);
    // A deleted record is either a line or an order.
    const head = row.head && !(row.deleted && line) ? putHead(order.heads, row.head, row) : undefined;
    const judgements = [head, line];
    if (row.deleted && !head && !line) return undefined;
    touched ||= judgements.some((judgement) => judgement === 'replace' || judgement === 'touch');
    const outcome = outcomeOf(row, head, line, exists);
    exists ||= outcome.status === 'ok';
    return outcome;
  });
  if (!touched) return { outcomes };
  const changed = outcomes.some((outcome) => outcome?.status === 'ok');
  const after: StoredOrder = {
    _id: id,
    v: (before?.v ?? 0) + 1,
    ...order,
    ...orderIndex(order),
    createdAt: before?.createdAt ?? now,
    updatedAt: changed || !before ? now : before.updatedAt,
  };
  return { after, outcomes };
}

/** A deletion says nothing of an order that no record with this key has told of: a line's key may be some order's id. */
function putHead(heads: OrderHead[], head: OrderHead, { undated, deleted }: OrderRow): Judgement | undefined {
  const index = heads.findIndex(({ k }) => k === head.k);
  if (deleted && (index < 0 || heads[index]?.r)) return undefined;
  return put(heads, index, head, undated);
}

function putLine(lines: OrderLine[], line: OrderLine, { undated, deleted }: OrderRow): Judgement | undefined {
  const index = lines.findIndex(({ k }) => k === line.k);
  const known = lines[index];
  if (deleted && !known) return undefined;
  return put(lines, index, deleted && known ? { ...line, id: known.id } : line, undated);
}

function put<V extends OrderHead | OrderLine>(
  list: V[],
  index: number,
  row: V,
  undated: boolean | undefined,
): Judgement {
  const known = list[index];
  const judgement = judge(row, known, undated);
  const kept = afterJudgement(judgement, row, known);
  if (kept && !known) list.push(kept);
  else if (kept) list[index] = kept;
  return judgement;
}

function outcomeOf(row: OrderRow, head: Judgement | undefined, line: Judgement | undefined, existed: boolean): Outcome {
  if (!wrote(head) && !wrote(line)) return head === 'older' || line === 'older' ? superseded() : unchanged();
  if (row.deleted) return ok({ deleted: 1 });
  const lines = (wrote(line) ? 1 : 0) + (wrote(head) ? (row.head?.l?.length ?? 0) : 0);
  const effects: Effects = {
    ...(wrote(head) && (existed ? { updated: 1 } : { created: 1 })),
    ...(lines > 0 && { lines }),
  };
  return ok(effects);
}

function wrote(judgement: Judgement | undefined): boolean {
  return judgement === 'replace' || judgement === 'replayed';
}
