import { Injectable } from '@nestjs/common';
import { LandingStore, type Dataset, type DatasetCounts } from '../store/index.ts';

const patience = 5_000;
/** What landed within this before it was counted may have been under way then, or by a clock that is behind (milliseconds). */
const slowestWrite = 60_000;
/** Erasures, retention and time take away what no landing tells of. */
const longestGood = 3_600_000;

interface Sum {
  count: number;
  bytes: number;
  empty: number;
}

const sums = { $group: { _id: null, count: { $sum: 1 }, bytes: { $sum: '$bytes' }, empty: { $sum: isEmpty() } } };

/** How much is in datasets, counted from the indexes. A count stays good until more lands, an hour at most. */
@Injectable()
export class DatasetCounter {
  constructor(private readonly store: LandingStore) {}

  /** Counts anew what has changed, for 5 s at most: of the rest the former count is told. */
  async counted(datasets: Dataset[]): Promise<Dataset[]> {
    const until = Date.now() + patience;
    const counted: Dataset[] = [];
    for (const dataset of datasets) {
      const left = until - Date.now();
      const { counts } = dataset;
      counted.push(
        isGood(dataset) || left <= 0 ? dataset : { ...dataset, counts: (await this.count(dataset, left)) ?? counts },
      );
    }
    return counted;
  }

  private async count({ _id }: Dataset, maxTimeMS: number): Promise<DatasetCounts | undefined> {
    const at = new Date();
    const pipeline = [{ $match: { dataset: _id } }, sums];
    try {
      const [[rows], [versions]] = await Promise.all([
        this.store.rows.aggregate<Sum>(pipeline, { maxTimeMS }).toArray(),
        this.store.versions.aggregate<Sum>(pipeline, { maxTimeMS }).toArray(),
      ]);
      const counts: DatasetCounts = {
        rows: (rows?.count ?? 0) - (rows?.empty ?? 0),
        deleted: rows?.empty ?? 0,
        versions: versions?.count ?? 0,
        bytes: (rows?.bytes ?? 0) + (versions?.bytes ?? 0),
        at,
      };
      await this.store.datasets.updateOne({ _id }, { $set: { counts } });
      return counts;
    } catch (error) {
      if ((error as { code?: number }).code === maxTimeExpired) return undefined;
      throw error;
    }
  }
}

function isGood({ counts, lastLandedAt }: Dataset): boolean {
  if (!counts) return false;
  const at = counts.at.getTime();
  return (lastLandedAt?.getTime() ?? 0) < at - slowestWrite && at > Date.now() - longestGood;
}

const maxTimeExpired = 50;

/** Tombstones have no content. */
function isEmpty(): object {
  return { $cond: [{ $eq: ['$bytes', 0] }, 1, 0] };
}
