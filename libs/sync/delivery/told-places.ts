import type { PushRow } from '@millrace/sdk';
import type { RefusedRow } from '../engine/rows/row-mapper.ts';
import type { RowPlace } from '../known-rows/known-row.schema.ts';
import type { ReadPage } from './delivery.ts';

/** What of a page is refused; of one that is replayed, with the places where the source told it. */
export function refusedAgain(refused: RefusedRow[], { places }: ReadPage): RefusedRow[] {
  return places ? refused.map((row) => ({ ...row, place: places[row.index] })) : refused;
}

/** Where the source told rows that are replayed. */
export function toldPlaces(
  all: readonly { place?: RowPlace; rows: readonly (PushRow | null)[] }[],
): Map<PushRow, RowPlace> {
  const places = new Map<PushRow, RowPlace>();
  for (const { place, rows } of all) if (place) for (const row of rows) if (row) places.set(row, place);
  return places;
}
