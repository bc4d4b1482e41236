import { Injectable } from '@nestjs/common';
import { LandingStore } from '../store/index.ts';

/** Removes landed rows that are older than they may be kept, with their former versions, which are older still: they would pass for those of a row that lands anew. */
@Injectable()
export class OldLandedRows {
  constructor(private readonly store: LandingStore) {}

  /** Gives how many rows there were. */
  async remove(ids: readonly string[], before: Date): Promise<number> {
    const { rows, versions } = this.store;
    const old = { _id: { $in: [...ids] }, landedAt: { $lt: before } };
    const found = await rows.find(old, { projection: { _id: 1 } }).toArray();
    await versions.deleteMany({ row: { $in: found.map(({ _id }) => _id) }, landedAt: { $lt: before } });
    return (await rows.deleteMany(old)).deletedCount; // last, so that what was broken off is found again
  }
}
