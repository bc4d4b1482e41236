import type { Account } from '../runs/ledger.ts';
import type { SliceDocument } from '../runs/slice.schema.ts';
import type { SliceLease, SliceUpdate } from '../engine/slices/slice-lease.ts';
import { joinCursors, type SeenCursors } from '../engine/rows/seen-cursors.ts';
import type { Json } from '@millrace/sdk';

/** What is known of a page once its rows are durable. */
export interface CommittedPage {
  account: Account;
  resume?: Json;
  cursors: SeenCursors;
  /** Batches that hold rows of it. */
  batches?: string[];
}

/** Where to go on together with the counts: one update of one document. */
export async function commitPage(held: SliceLease, page: CommittedPage): Promise<void> {
  await held.update(pageUpdate(held.slice, page));
  noteCommitted(held.slice, page);
}

export function pageUpdate(slice: SliceDocument, page: CommittedPage): SliceUpdate {
  const { account, resume, batches = [] } = page;
  const arrived = hasArrived(slice, page);
  return {
    $set: {
      takeovers: 0,
      ...(arrived && { attempts: 0 }),
      ...(resume !== undefined && { resume }),
      ...joinCursors(cursorsOf(slice), page.cursors),
    },
    $inc: increments(account),
    ...(arrived && { $unset: { error: '', failingSince: '' } }),
    ...(batches.length > 0 && { $push: { batches: { $each: batches } } }),
  };
}

/** The slice in memory, after the update. */
export function noteCommitted(slice: SliceDocument, page: CommittedPage): void {
  const { account, resume, cursors } = page;
  slice.ledger.read += account.ledger.read;
  if (hasArrived(slice, page)) slice.attempts = 0;
  Object.assign(slice, joinCursors(cursorsOf(slice), cursors));
  if (resume !== undefined) slice.resume = resume;
}

/** That a page was read says nothing of a destination that takes no batch: otherwise it would never be given up. */
function hasArrived({ batches: left = [] }: SliceDocument, { batches: made = [] }: CommittedPage): boolean {
  return left.length === 0 && made.length === 0;
}

function cursorsOf({ cursor, stray }: SliceDocument): SeenCursors {
  return { ...(cursor !== undefined && { cursor }), ...(stray !== undefined && { stray }) };
}

/** Rows of a batch are accounted for: the batch is done. */
export async function commitBatch(held: SliceLease, batch: string, account: Account): Promise<void> {
  await held.update({
    $set: { attempts: 0, takeovers: 0 },
    $inc: increments(account),
    $unset: { error: '', failingSince: '' },
    $pull: { batches: batch },
  });
  held.slice.attempts = 0;
}

function increments({ ledger, effects }: Account): NonNullable<SliceUpdate['$inc']> {
  const counted = [
    ...Object.entries(ledger).map(([column, count]): [string, number] => [`ledger.${column}`, count as number]),
    ...Object.entries(effects).map(([effect, count]): [string, number] => [`effects.${effect}`, count]),
  ];
  return Object.fromEntries(counted.filter(([, count]) => count !== 0));
}
