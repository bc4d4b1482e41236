import { Injectable } from '@nestjs/common';
import { Tombstones } from '#tombstones';
import { DeliveryStore, packedIn } from '../store/index.ts';

/** Deliveries about people who were erased come all the same. Whoever reads them refuses what they say; here, too, they are not kept. */
@Injectable()
export class ErasedDeliveries {
  constructor(
    private readonly tombstones: Tombstones,
    private readonly store: DeliveryStore,
  ) {}

  async remove(ids: readonly string[]): Promise<void> {
    if (!(await this.tombstones.any())) return;
    const read = await this.store.deliveries
      .find({ _id: { $in: [...ids] } }, { projection: { records: 1, json: 1 } })
      .toArray();
    const erased = await this.tombstones.rowsAbout(read, ({ records, json }) => [
      ...records.map((record) => this.tombstones.hashOfRecord(record)),
      ...this.tombstones.hashesIn(packedIn(json).body),
    ]);
    if (erased.size > 0) await this.store.deliveries.deleteMany({ _id: { $in: [...erased].map(({ _id }) => _id) } });
  }
}
