import type { Page } from '@millrace/sdk';
import type { RowPlace } from '../known-rows/known-row.schema.ts';
import type { RefusedRow } from '../engine/rows/row-mapper.ts';
import type { Account } from '../runs/ledger.ts';
import type { GoneRows } from '../engine/steps/removals.ts';

/** Rows that are replayed, in the order of the page: where the source told them. */
export interface ReplayedRows {
  places: RowPlace[];
}

/** What a slice reads at a time: rows of the source, those that are replayed, or what a mirror is to remove. */
export type ReadPage = Page & Partial<GoneRows> & Partial<ReplayedRows>;

/** Rows that are accounted for. */
export interface WrittenRows {
  account: Account;
  refused: RefusedRow[];
}

/** Brings the pages of one slice to the destination, during one turn. */
export interface SliceDelivery {
  /** What the destination said last about rows that it put off. */
  readonly said?: string;
  /** Goes on with what an earlier turn left open. */
  start(): Promise<void>;
  /**
   * Takes a page; it may still be on its way when this resolves, and what it fails with is then thrown by a later call. A time: the page was not
   * taken, since the destination wants to be left alone until then.
   */
  take(page: ReadPage): Promise<Date | undefined>;
  /** Resolves when the rows of all pages taken are durable, and so is where the slice goes on. */
  landed(): Promise<void>;
  /** Resolves when nothing is on its way any more. A time: the destination has not told about all rows, and is to be asked then. */
  settle(): Promise<Date | undefined>;
  /** Resolves when nothing is on its way any more, well or not; at once when the work was ended from outside. */
  quiet(): Promise<void>;
}
