import { Injectable } from '@nestjs/common';
import { identityMark } from '#collect';
import { DeliveryStore } from './store/index.ts';

/** Removes deliveries about people who are erased. */
@Injectable()
export class WebhookErasure {
  constructor(private readonly store: DeliveryStore) {}

  /** By collection, how much was removed. `records` are names of source records, `hashes` HMACs of identities. */
  async erase(records: readonly string[], hashes: readonly string[]): Promise<Record<string, number>> {
    const { deletedCount } = await this.store.deliveries.deleteMany({
      $or: [{ identities: { $in: hashes.map(identityMark) } }, { records: { $in: [...records] } }],
    });
    return deletedCount > 0 ? { webhook_deliveries: deletedCount } : {};
  }
}
