import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';
import { Collections } from '../collections.ts';
import type { KnownRow } from '../known-rows/known-row.schema.ts';
import { destinationDeletionModel, type DestinationDeletion } from './destination-deletion.schema.ts';
import { syncsOfRecords, syncsReading, type ReadKeys, type RecordsOfSync } from './syncs-of-records.ts';

/** Rows of one object that a sync is known to have sent there. */
export interface KnownThere extends Pick<RecordsOfSync, 'sync'> {
  object: string;
  rows: KnownRow[];
}

const atATime = 500;

/** What destinations are known to have of people, and what they are to delete of those who are erased. */
@Injectable()
export class KnownPeople {
  private readonly known: mongo.Collection<KnownRow>;
  private readonly deletions: mongo.Collection<DestinationDeletion>;

  constructor(
    private readonly collections: Collections,
    @InjectModel('KnownRow') known: Model<KnownRow>,
    @InjectModel(destinationDeletionModel) deletions: Model<DestinationDeletion>,
  ) {
    this.known = plainCollection<KnownRow>(known);
    this.deletions = plainCollection<DestinationDeletion>(deletions);
  }

  /** Turns the rows that came of some source records into deletions that their destinations are told. Gives how many. Can be repeated. */
  async forgetRecords(request: string, records: readonly string[], at: Date): Promise<number> {
    return this.forget(request, await syncsOfRecords(this.collections, records), at);
  }

  /** Likewise those that syncs read under some keys. */
  async forgetKeys(request: string, keys: ReadKeys, at: Date): Promise<number> {
    return this.forget(request, await syncsReading(this.collections, keys), at);
  }

  /** The rows that `forgetRecords` would forget. */
  async *ofRecords(records: readonly string[]): AsyncGenerator<KnownThere> {
    yield* this.rowsOf(await syncsOfRecords(this.collections, records));
  }

  /** The rows that `forgetKeys` would forget. */
  async *ofKeys(keys: ReadKeys): AsyncGenerator<KnownThere> {
    yield* this.rowsOf(await syncsReading(this.collections, keys));
  }

  private async forget(request: string, syncs: RecordsOfSync[], at: Date): Promise<number> {
    let forgotten = 0;
    for await (const { rows } of this.rowsOf(syncs)) {
      await this.deletions.bulkWrite(
        rows.map((row) => keepDeletion(row, request, at)),
        { ordered: false },
      );
      await this.known.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } });
      forgotten += rows.length;
    }
    return forgotten;
  }

  private async *rowsOf(syncs: RecordsOfSync[]): AsyncGenerator<KnownThere> {
    for (const { sync, ...keys } of syncs) {
      for (const object of await this.known.distinct('object', { sync: sync._id })) {
        for await (const rows of this.pagesOf(sync._id, object, keys)) yield { sync, object, rows };
      }
    }
  }

  /** Somebody may have come to an audience, and left it, any number of times. */
  private async *pagesOf(
    sync: string,
    object: string,
    { keys, starts = [] }: Omit<RecordsOfSync, 'sync'>,
  ): AsyncGenerator<KnownRow[]> {
    const wanted = [{ $in: [...keys] }, ...starts.map((start) => ({ $gte: start, $lt: `${start}\u{10ffff}` }))];
    const page: KnownRow[] = [];
    for await (const row of this.known.find({ $or: wanted.map((key) => ({ sync, object, key })) })) {
      page.push(row);
      if (page.length === atATime) yield page.splice(0);
    }
    if (page.length > 0) yield page;
  }
}

function keepDeletion({ _id, sync, object, key, name }: KnownRow, request: string, at: Date) {
  const deletion = { request, sync, object, key, name, at };
  return { updateOne: { filter: { _id }, update: { $set: deletion }, upsert: true } };
}
