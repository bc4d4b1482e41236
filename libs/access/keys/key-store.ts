import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Role } from '../roles/role.ts';
import { keyModel, type StoredKey } from './key.schema.ts';

const minute = 60_000;

/** Keys in MongoDB. */
@Injectable()
export class KeyStore {
  constructor(@InjectModel(keyModel) private readonly model: Model<StoredKey>) {}

  /** False when the id is taken. */
  async insert(key: StoredKey): Promise<boolean> {
    const { upsertedCount } = await this.model.updateOne({ _id: key._id }, { $setOnInsert: key }, { upsert: true });
    return upsertedCount === 1;
  }

  async findActive(id: string): Promise<StoredKey | undefined> {
    return (await this.model.findOne({ _id: id, revokedAt: { $exists: false } }).lean<StoredKey>()) ?? undefined;
  }

  /** False when there is no such key in use. */
  async revoke(id: string): Promise<boolean> {
    const { modifiedCount } = await this.model.updateOne(
      { _id: id, revokedAt: { $exists: false } },
      { $set: { revokedAt: new Date() } },
    );
    return modifiedCount === 1;
  }

  /** By id, which is by age. */
  page(after: string | undefined, limit: number): Promise<StoredKey[]> {
    return this.model
      .find(after === undefined ? {} : { _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<StoredKey[]>();
  }

  /** Those that were not revoked, by age. */
  pageInUse(after: string | undefined, limit: number): Promise<StoredKey[]> {
    return this.model
      .find({ revokedAt: { $exists: false }, ...(after !== undefined && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<StoredKey[]>();
  }

  async countByRole(): Promise<Map<Role, number>> {
    const counted = await this.model.aggregate<{ _id: Role; keys: number }>([
      { $match: { revokedAt: { $exists: false } } },
      { $group: { _id: '$role', keys: { $sum: 1 } } },
    ]);
    return new Map(counted.map(({ _id, keys }) => [_id, keys]));
  }

  /** Writes at most once a minute, whatever the number of processes. */
  async markUsed(id: string, at: Date): Promise<void> {
    const before = new Date(at.getTime() - minute);
    await this.model.updateOne(
      { _id: id, $or: [{ lastUsedAt: { $exists: false } }, { lastUsedAt: { $lte: before } }] },
      { $set: { lastUsedAt: at } },
    );
  }
}
