import { unchanged } from '@millrace/sdk';
import { refusedAsErased, type Tombstones } from '#tombstones';
import type { PartResult, PartRow } from './part-row.ts';

/** The results of rows about people who were erased; undefined for all others. Of their records not even the deletion is kept. */
export async function refuseErased(
  rows: readonly PartRow[],
  tombstones: Tombstones | undefined,
): Promise<(PartResult | undefined)[]> {
  const erased = await tombstones?.rowsAbout(rows, ({ part, who = [] }) => [
    tombstones.hashOfRecord(part.k),
    ...[...new Set([...part.i, ...who])].flatMap((identity) => tombstones.hashesOf(identity)),
  ]);
  return rows.map((row) => {
    if (!erased?.has(row)) return undefined;
    return { outcome: row.part.d ? unchanged() : refusedAsErased() };
  });
}
