import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { inPages, plainCollection } from '#platform';
import { handedRowModel, type StoredHandedRow } from './handed-row.schema.ts';

const atATime = 500;

/** What was handed to destinations outside of any run, whoever handed it over: it outlives them. */
@Injectable()
export class HandedRows {
  private readonly collection: mongo.Collection<StoredHandedRow>;

  constructor(@InjectModel(handedRowModel) model: Model<StoredHandedRow>) {
    this.collection = plainCollection<StoredHandedRow>(model);
  }

  /** Gives whether it was not known before. */
  async remember({ _id, ...row }: StoredHandedRow): Promise<boolean> {
    const { upsertedCount } = await this.collection.updateOne({ _id }, { $set: row }, { upsert: true });
    return upsertedCount > 0;
  }

  /** Pages of those that came of a connection under one of the keys. */
  of(connections: readonly string[], keys: readonly string[]): AsyncGenerator<StoredHandedRow[]> {
    const theirs = { key: { $in: [...keys] }, 'way.from.connection': { $in: [...connections] } };
    return inPages(this.collection.find(theirs), atATime);
  }

  async forget(ids: readonly string[]): Promise<void> {
    await this.collection.deleteMany({ _id: { $in: [...ids] } });
  }
}
