import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { plainCollection } from '#platform';
import type { Batch } from './batch.schema.ts';

/** Batches that are not done yet. */
@Injectable()
export class Batches {
  private readonly collection: mongo.Collection<Batch>;

  constructor(@InjectModel('Batch') model: Model<Batch>) {
    this.collection = plainCollection<Batch>(model);
  }

  async add(batches: Batch[]): Promise<void> {
    if (batches.length > 0) await this.collection.insertMany(batches, { ordered: false });
  }

  /**
   * Takes up those of a slice that are open, in the order of reading. What a worker left behind that lost the slice before it could commit is
   * removed; one that stalled and does not know yet that it lost the slice removes nothing of its successor's.
   */
  async ofSlice(slice: string, open: string[], epoch: number): Promise<Batch[]> {
    await this.collection.deleteMany({ slice, _id: { $nin: open }, epoch: { $not: { $gte: epoch } } });
    if (open.length === 0) return [];
    const mine = { slice, _id: { $in: open }, epoch: { $not: { $gt: epoch } } };
    await this.collection.updateMany(mine, { $set: { epoch } });
    const found = new Map((await this.collection.find(mine).toArray()).map((batch) => [batch._id, batch]));
    return open.flatMap((id) => found.get(id) ?? []);
  }

  /** Throws `lease_lost` when another worker has taken the batch up. */
  async note({ _id, epoch }: Pick<Batch, '_id' | 'epoch'>, progress: Partial<Batch>): Promise<void> {
    const { matchedCount } = await this.collection.updateOne({ _id, epoch }, { $set: progress });
    if (matchedCount > 0) return;
    throw new MillraceError('lease_lost', `Batch ${_id} is sent by somebody else now.`);
  }

  async remove(ids: string[]): Promise<void> {
    if (ids.length > 0) await this.collection.deleteMany({ _id: { $in: ids } });
  }

  async removeOfRun(run: string): Promise<void> {
    await this.collection.deleteMany({ run });
  }
}
