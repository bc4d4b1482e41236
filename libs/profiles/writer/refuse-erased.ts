import { unchanged } from '@millrace/sdk';
import { refusedAsErased, type Tombstones } from '#tombstones';
import { withNationalNumbers, type IdentityRules } from '../identity/index.ts';
import type { PartResult, PartRow } from './part-row.ts';

/**
 * The results of rows about people who were erased; undefined for all others. Of their records not even the deletion is kept. A number is somebody's, too, who was
 * erased when nothing told its country.
 */
export async function refuseErased(
  rows: readonly PartRow[],
  tombstones: Tombstones | undefined,
  { policy }: IdentityRules,
): Promise<(PartResult | undefined)[]> {
  const erased = await tombstones?.rowsAbout(rows, ({ part, who = [] }) => {
    const named = withNationalNumbers([...part.i, ...who], policy);
    return [tombstones.hashOfRecord(part.k), ...named.flatMap((identity) => tombstones.hashesOf(identity))];
  });
  return rows.map((row) => {
    if (!erased?.has(row)) return undefined;
    return { outcome: row.part.d ? unchanged() : refusedAsErased() };
  });
}
