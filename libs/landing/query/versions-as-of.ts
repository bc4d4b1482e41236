import type { LandedRow, LandedVersion, LandingStore } from '../store/index.ts';

export type ScannedRow = Pick<
  LandedRow,
  '_id' | 'key' | 'a' | 'n' | 'landedAt' | 'firstLandedAt' | 'd' | 'json' | 'bytes'
>;

export const scanned = { key: 1, a: 1, n: 1, landedAt: 1, firstLandedAt: 1, d: 1, json: 1, bytes: 1 } as const;

/** A row as it was; undefined: it was not there. `forgotten`: it was, but how is no longer kept. */
export type PastRow = ScannedRow | 'forgotten' | undefined;

/** Rows as they had been landed at a time: one read for all that changed since. */
export async function rowsAsOf(store: LandingStore, rows: readonly ScannedRow[], asOf: Date): Promise<PastRow[]> {
  const changed = rows.filter(({ landedAt, firstLandedAt }) => landedAt > asOf && firstLandedAt <= asOf);
  const past = new Map<string, LandedVersion>();
  if (changed.length > 0) {
    const versions = store.versions.find(
      { row: { $in: changed.map(({ _id }) => _id) }, landedAt: { $lte: asOf } },
      { sort: { row: 1, n: 1 } },
    );
    for await (const version of versions) past.set(version.row, version);
  }
  return rows.map((row) => {
    if (row.landedAt <= asOf) return row;
    if (row.firstLandedAt > asOf) return undefined;
    const version = past.get(row._id);
    return version ? { ...version, _id: row._id, firstLandedAt: row.firstLandedAt } : 'forgotten';
  });
}
