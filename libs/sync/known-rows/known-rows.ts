import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { findMany, insertUnordered, plainCollection } from '#platform';
import type { KnownRow } from './known-row.schema.ts';

/** What destinations are known to have: so that only changes are sent, and a mirror knows what is to be removed. */
@Injectable()
export class KnownRows {
  private readonly collection: mongo.Collection<KnownRow>;

  constructor(@InjectModel('KnownRow') private readonly model: Model<KnownRow>) {
    this.collection = plainCollection<KnownRow>(model);
  }

  async isEmpty(sync: string, object: string): Promise<boolean> {
    return (await this.collection.findOne({ sync, object }, { projection: { _id: 1 } })) === null;
  }

  /** Id → acknowledged content hash, of those that are known. */
  async hashesOf(ids: string[]): Promise<Map<string, string | undefined>> {
    if (ids.length === 0) return new Map();
    const found = await findMany<KnownRow>(
      this.model.db,
      this.collection,
      { _id: { $in: ids } },
      {
        projection: { hash: 1 },
      },
    );
    return new Map(found.map(({ _id, hash }) => [_id, hash]));
  }

  /** Known rows of source records. */
  async byKeys(sync: string, object: string, keys: string[]): Promise<KnownRow[]> {
    if (keys.length === 0) return [];
    return this.collection.find({ sync, object, key: { $in: keys } }).toArray();
  }

  /** `isNew` may be wrong: it only saves time. */
  async remember(rows: KnownRow[], isNew: (id: string) => boolean = () => false): Promise<void> {
    const fresh = rows.filter(({ _id }) => isNew(_id));
    const rest = [...rows.filter(({ _id }) => !isNew(_id)), ...(await this.insert(fresh))];
    if (rest.length === 0) return;
    await this.collection.bulkWrite(
      rest.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } })),
      { ordered: false },
    );
  }

  /** They were read again, whether they could be used or not. What was written in the run keeps its place. */
  async markSeen(sync: string, object: string, keys: string[], run: string): Promise<void> {
    if (keys.length === 0) return;
    await this.collection.updateMany({ sync, object, key: { $in: keys }, seen: { $ne: run } }, readAgain(run));
  }

  async markSeenById(ids: string[], run: string): Promise<void> {
    if (ids.length > 0) await this.collection.updateMany({ _id: { $in: ids }, seen: { $ne: run } }, readAgain(run));
  }

  async forget(ids: string[]): Promise<void> {
    if (ids.length > 0) await this.collection.deleteMany({ _id: { $in: ids } });
  }

  /** Of a sync that was removed, or that is to send everything again. */
  async forgetSync(sync: string): Promise<void> {
    await this.collection.deleteMany({ sync });
  }

  count(sync: string, object: string): Promise<number> {
    return this.collection.countDocuments({ sync, object });
  }

  countUnseen(sync: string, object: string, run: string): Promise<number> {
    return this.collection.countDocuments({ sync, object, mirror: true, seen: { $lt: run } });
  }

  /** Rows that were remembered before the sync was a mirror are looked after like the others. */
  async mirrorAll(sync: string, object: string): Promise<void> {
    const all = await this.count(sync, object);
    if (all === (await this.collection.countDocuments({ sync, object, mirror: true }))) return;
    await this.collection.updateMany({ sync, object, mirror: { $exists: false } }, { $set: { mirror: true } });
  }

  /** What earlier runs saw, and this one did not; goes on after a row. */
  unseen(sync: string, object: string, run: string, limit: number, after?: KnownRow): Promise<KnownRow[]> {
    const unseen = { sync, object, mirror: true as const, seen: { $lt: run } };
    const later = after && {
      $or: [{ seen: after.seen, _id: { $gt: after._id } }, { seen: { $gt: after.seen, $lt: run } }],
    };
    return this.collection.find({ ...unseen, ...later }, { sort: { seen: 1, _id: 1 }, limit }).toArray();
  }

  /** Gives those that are there already. */
  private async insert(rows: KnownRow[]): Promise<KnownRow[]> {
    const lost = await insertUnordered(this.model.db, this.collection, rows);
    return [...lost].flatMap((position) => rows[position] ?? []);
  }
}

function readAgain(run: string): mongo.UpdateFilter<KnownRow> {
  return { $set: { seen: run }, $unset: { seq: '', at: '' } };
}
