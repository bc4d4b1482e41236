import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { Batch } from './batch.schema.ts';

/** Batches that are not done yet. */
@Injectable()
export class Batches {
  private readonly collection: Collection<Batch>;

  constructor(@InjectModel('Batch') model: Model<Batch>) {
    this.collection = model.collection as unknown as Collection<Batch>;
  }

  async add(batches: Batch[]): Promise<void> {
    if (batches.length > 0) await this.collection.insertMany(batches, { ordered: false });
  }

  /** Those of a slice, in the order of reading. What a worker left behind that lost the slice before it could commit is removed. */
  async ofSlice(slice: string, open: string[]): Promise<Batch[]> {
    await this.collection.deleteMany({ slice, _id: { $nin: open } });
    const found = new Map((await this.collection.find({ slice }).toArray()).map((batch) => [batch._id, batch]));
    return open.flatMap((id) => found.get(id) ?? []);
  }

  async note(id: string, progress: Partial<Batch>): Promise<void> {
    await this.collection.updateOne({ _id: id }, { $set: progress });
  }

  async remove(id: string): Promise<void> {
    await this.collection.deleteOne({ _id: id });
  }

  async removeOfSlice(slice: string): Promise<void> {
    await this.collection.deleteMany({ slice });
  }

  async removeOfRun(run: string): Promise<void> {
    await this.collection.deleteMany({ run });
  }
}
