import type { SliceDocument } from '../runs/slice.schema.ts';

const rowsASlice = 10_000_000_000;

/** The place of the next row within the run: slices one after the other, rows in the order of reading. */
export function sequenceOf(slice: Pick<SliceDocument, 'ordinal' | 'ledger'>): number {
  return slice.ordinal * rowsASlice + slice.ledger.read;
}
