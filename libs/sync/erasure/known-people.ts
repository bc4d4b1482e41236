import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { inPages, plainCollection } from '#platform';
import { Collections } from '../collections.ts';
import type { KnownRow } from '../known-rows/known-row.schema.ts';
import { HandedRows } from '../hand-over/index.ts';
import { destinationDeletionModel, type DestinationDeletion } from './destination-deletion.schema.ts';
import { syncsOfRecords, syncsReading, type ReadKeys, type RecordsOfSync } from './syncs-of-records.ts';

const atATime = 500;

/** Rows of one object that a sync is known to have sent there. */
interface KnownOfSync extends Pick<RecordsOfSync, 'sync'> {
  object: string;
  rows: KnownRow[];
}

/** Likewise, or those that something else is known to have handed over: it is told in the place of the sync. */
export interface KnownThere extends Omit<KnownOfSync, 'rows'> {
  rows: Pick<KnownRow, '_id' | 'hash'>[];
}

/** What destinations are known to have of people, and what they are to delete of those who are erased. */
@Injectable()
export class KnownPeople {
  private readonly known: mongo.Collection<KnownRow>;
  private readonly deletions: mongo.Collection<DestinationDeletion>;

  constructor(
    private readonly collections: Collections,
    private readonly handed: HandedRows,
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

  /** Likewise those that were handed over under some keys, outside of any sync. */
  async forgetHanded(request: string, { connections, keys }: ReadKeys, at: Date): Promise<number> {
    let forgotten = 0;
    for await (const rows of this.handed.of(connections, keys)) {
      await this.keepDeletions(rows.map(({ by: sync, ...row }) => ({ ...row, sync, request, at })));
      await this.handed.forget(rows.map(({ _id }) => _id));
      forgotten += rows.length;
    }
    return forgotten;
  }

  /** The rows that `forgetRecords` would forget. */
  async *ofRecords(records: readonly string[]): AsyncGenerator<KnownThere> {
    yield* this.rowsOf(await syncsOfRecords(this.collections, records));
  }

  /** The rows that `forgetKeys` would forget. */
  async *ofKeys(keys: ReadKeys): AsyncGenerator<KnownThere> {
    yield* this.rowsOf(await syncsReading(this.collections, keys));
  }

  /** The rows that `forgetHanded` would forget. */
  async *ofHanded({ connections, keys }: ReadKeys): AsyncGenerator<KnownThere> {
    for await (const rows of this.handed.of(connections, keys))
      for (const { _id, by, way, object } of rows)
        yield { sync: { _id: by, name: by, to: way.to }, object, rows: [{ _id }] };
  }

  private async forget(request: string, syncs: RecordsOfSync[], at: Date): Promise<number> {
    let forgotten = 0;
    for await (const { rows } of this.rowsOf(syncs)) {
      await this.keepDeletions(
        rows.map(({ _id, sync, object, key, name }) => ({ _id, sync, object, key, name, request, at })),
      );
      await this.known.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } });
      forgotten += rows.length;
    }
    return forgotten;
  }

  private async keepDeletions(deletions: DestinationDeletion[]): Promise<void> {
    await this.deletions.bulkWrite(
      deletions.map(({ _id, ...deletion }) => ({
        updateOne: { filter: { _id }, update: { $set: deletion }, upsert: true },
      })),
      { ordered: false },
    );
  }

  private async *rowsOf(syncs: RecordsOfSync[]): AsyncGenerator<KnownOfSync> {
    for (const { sync, ...keys } of syncs) {
      for (const object of await this.known.distinct('object', { sync: sync._id })) {
        for await (const rows of this.pagesOf(sync._id, object, keys)) yield { sync, object, rows };
      }
    }
  }

  /** Somebody may have come to an audience, and left it, any number of times. */
  private pagesOf(
    sync: string,
    object: string,
    { keys, starts = [] }: Omit<RecordsOfSync, 'sync'>,
  ): AsyncGenerator<KnownRow[]> {
    const wanted = [{ $in: [...keys] }, ...starts.map((start) => ({ $gte: start, $lt: `${start}\u{10ffff}` }))];
    return inPages(this.known.find({ $or: wanted.map((key) => ({ sync, object, key })) }), atATime);
  }
}
