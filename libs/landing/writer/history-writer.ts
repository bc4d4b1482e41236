import { Injectable } from '@nestjs/common';
import { Settings } from '#platform';
import { LandingStore } from '../store/index.ts';
import type { Outline } from './fold-row.ts';

const day = 86_400_000;

/** Keeps what is about to be replaced: the last versions of each row, for some days. */
@Injectable()
export class HistoryWriter {
  constructor(
    private readonly store: LandingStore,
    private readonly settings: Settings,
  ) {}

  /** Copies versions within the database. Copied twice, they are there once; the present version is never told as a former one. */
  async keep(replaced: readonly Outline[], now: Date): Promise<void> {
    if (replaced.length === 0 || this.settings.landingVersions === 0) return;
    const expiresAt = new Date(now.getTime() + this.settings.landingHistoryDays * day);
    await this.store.rows
      .aggregate([
        { $match: { _id: { $in: replaced.map(({ _id }) => _id) } } },
        { $set: { row: '$_id', _id: { $concat: ['$_id', '@', { $toString: '$n' }] }, expiresAt } },
        { $unset: ['v', 'changed', 'firstLandedAt'] },
        { $merge: { into: this.store.versions.collectionName, whenMatched: 'keepExisting', whenNotMatched: 'insert' } },
      ])
      .toArray();
  }

  /** Forgets versions beyond the last ones, of rows that were just replaced. */
  async trim(replaced: readonly Outline[]): Promise<void> {
    const ids = replaced.flatMap(({ _id, n }) => {
      const last = n - this.settings.landingVersions;
      return last > 0 ? [`${_id}@${last}`] : [];
    });
    if (ids.length > 0) await this.store.versions.deleteMany({ _id: { $in: ids } });
  }
}
