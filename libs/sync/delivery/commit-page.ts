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

/** Where to go on together with the counts: one update of one document. `destination`: id of its connection. */
export async function commitPage(held: SliceLease, page: CommittedPage, destination: string): Promise<void> {
  await held.update(pageUpdate(held.slice, page, destination));
  noteCommitted(held.slice, page, destination);
}

export function pageUpdate(slice: SliceDocument, page: CommittedPage, destination: string): SliceUpdate {
  const { account, resume, batches = [] } = page;
  const isWell = goesWell(slice, page, destination);
  return {
    $set: {
      takeovers: 0,
      ...(isWell && { attempts: 0 }),
      ...(resume !== undefined && { resume }),
      ...joinCursors(cursorsOf(slice), page.cursors),
    },
    $inc: increments(account),
    ...(isWell && { $unset: { error: '', failingSince: '' } }),
    ...(batches.length > 0 && { $push: { batches: { $each: batches } } }),
  };
}

/** The slice in memory, after the update. */
export function noteCommitted(slice: SliceDocument, page: CommittedPage, destination: string): void {
  const { account, resume, cursors } = page;
  slice.ledger.read += account.ledger.read;
  if (goesWell(slice, page, destination)) beginAnew(slice);
  Object.assign(slice, joinCursors(cursorsOf(slice), cursors));
  if (resume !== undefined) slice.resume = resume;
}

/**
 * Whether the failures before are over. That a page was read says nothing of a destination that failed and has open batches, unless it took rows of the
 * page: otherwise one that takes nothing would never be given up.
 */
function goesWell(
  { batches: left = [], error }: SliceDocument,
  { account, batches: made = [] }: CommittedPage,
  destination: string,
): boolean {
  return left.length + made.length === 0 || account.ledger.written > 0 || error?.connection !== destination;
}

/** The next failure is the first of its own. */
function beginAnew(slice: SliceDocument): void {
  slice.attempts = 0;
  delete slice.failingSince;
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
  beginAnew(held.slice);
}

function increments({ ledger, effects }: Account): NonNullable<SliceUpdate['$inc']> {
  const counted = [
    ...Object.entries(ledger).map(([column, count]): [string, number] => [`ledger.${column}`, count as number]),
    ...Object.entries(effects).map(([effect, count]): [string, number] => [`effects.${effect}`, count]),
  ];
  return Object.fromEntries(counted.filter(([, count]) => count !== 0));
}
