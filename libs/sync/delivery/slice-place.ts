import type { SliceLease } from '../engine/slices/slice-lease.ts';
import type { SliceDocument } from '../runs/slice.schema.ts';
import { commitPage, type CommittedPage } from './commit-page.ts';

const rowsASlice = 10_000_000_000;

/** Where a slice stands: numbers its rows, and moves on by pages. */
export interface SlicePlace {
  /** The place of the next row within the run. */
  sequence(): number;
  /** Moves behind a page whose rows are durable. */
  commit(page: CommittedPage): Promise<void>;
}

export function slicePlace(held: SliceLease, destination: string): SlicePlace {
  return {
    sequence: () => sequenceOf(held.slice),
    commit: (page) => commitPage(held, page, destination),
  };
}

/** The place of the next row within the run: slices one after the other, rows in the order of reading. */
function sequenceOf(slice: Pick<SliceDocument, 'ordinal' | 'ledger'>): number {
  return slice.ordinal * rowsASlice + slice.ledger.read;
}
