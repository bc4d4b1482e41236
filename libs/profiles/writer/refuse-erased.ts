import { refusedAsErased, type Tombstones } from '#tombstones';
import type { PartResult, PartRow } from './part-row.ts';

/** The results of rows about people who were erased; undefined for all others. Deletions pass: they bring nothing back. */
export async function refuseErased(
  rows: readonly PartRow[],
  tombstones: Tombstones | undefined,
): Promise<(PartResult | undefined)[]> {
  const erased = await tombstones?.rowsAbout(rows, ({ part }) =>
    part.d ? [] : [tombstones.hashOfRecord(part.k), ...part.i.map((identity) => tombstones.hashOf(identity))],
  );
  return rows.map((row) => (erased?.has(row) ? { outcome: refusedAsErased() } : undefined));
}
