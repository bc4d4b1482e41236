import type { SliceLease } from '../engine/slice-lease.ts';
import { sequenceOf } from '../engine/sequence.ts';
import { commitPage, type CommittedPage } from './commit-page.ts';

/** Where a slice stands: numbers its rows, and moves on by pages. */
export interface SlicePlace {
  /** The place of the next row within the run. */
  sequence(): number;
  /** Moves behind a page whose rows are durable. */
  commit(page: CommittedPage): Promise<void>;
}

export function slicePlace(held: SliceLease): SlicePlace {
  return {
    sequence: () => sequenceOf(held.slice),
    commit: (page) => commitPage(held, page),
  };
}
