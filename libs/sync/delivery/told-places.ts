import type { PushRow } from '@millrace/sdk';
import type { RowPlace } from '../known-rows/known-row.schema.ts';

/** Where the source told rows that are replayed. */
export function toldPlaces(
  all: readonly { place?: RowPlace; rows: readonly (PushRow | null)[] }[],
): Map<PushRow, RowPlace> {
  const places = new Map<PushRow, RowPlace>();
  for (const { place, rows } of all) if (place) for (const row of rows) if (row) places.set(row, place);
  return places;
}
