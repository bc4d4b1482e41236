import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { isDuplicate, plainCollection } from '#platform';
import type { Finding, LoadedField } from './field-tree.ts';
import { maxFields } from './field-tree.ts';
import type { KnownField } from './field.schema.ts';
import type { JsonType } from './json-type.ts';

/** What is to be made known of a field. */
export type Lesson = Pick<Finding, 'path' | 'types'> & { example?: string };

/** The fields that the rows of each sync are known to have. Several workers may learn at once: types are joined, never replaced. */
@Injectable()
export class KnownFields {
  private readonly fields: mongo.Collection<KnownField>;

  constructor(@InjectModel('Field') model: Model<KnownField>) {
    this.fields = plainCollection<KnownField>(model);
  }

  /** As they were before the run and as they are by now. */
  async load(sync: string, run: string): Promise<(LoadedField & Pick<KnownField, 'seenBy' | 'optional'>)[]> {
    const found = await this.fields.find({ sync }, { limit: 2 * maxFields }).toArray();
    return found.map((field) => ({ ...field, before: field.changedBy === run ? field.before : field.types }));
  }

  async list(sync: string, { after, limit }: { after?: string; limit: number }): Promise<KnownField[]> {
    const filter = { sync, ...(after !== undefined && { path: { $gt: after } }) };
    return this.fields.find(filter, { sort: { path: 1 }, limit }).toArray();
  }

  /** Can be repeated: what the field held before the run stays what it was. */
  async learn(sync: string, run: string, lessons: readonly Lesson[]): Promise<void> {
    if (lessons.length === 0) return;
    const operations = lessons.map((lesson) => learning(sync, run, lesson, new Date()));
    try {
      await this.fields.bulkWrite(operations, { ordered: false });
    } catch (error) {
      // Somebody else inserted the same field at this moment: it is there now.
      if (!isDuplicate(error)) throw error;
      await this.fields.bulkWrite(operations, { ordered: false });
    }
  }

  /** Notes that rows of the run have these fields. */
  async see(sync: string, run: string, paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    const filter = { _id: { $in: paths.map((path) => idOf(sync, path)) } };
    await this.fields.updateMany(filter, { $set: { seenBy: run, lastSeen: new Date() } });
  }

  async markOptional(sync: string, paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    await this.fields.updateMany({ _id: { $in: paths.map((path) => idOf(sync, path)) } }, { $set: { optional: true } });
  }

  /** What the run changed of what was known. */
  async changedBy(sync: string, run: string): Promise<KnownField[]> {
    return this.fields.find({ sync, changedBy: run }, { sort: { path: 1 } }).toArray();
  }

  /** Fields that nearly all rows had before, and none of the run's; none where the run saw no field at all. */
  async missedBy(sync: string, run: string): Promise<KnownField[]> {
    if (!(await this.sawAny(sync, run))) return [];
    return this.fields.find({ sync, seenBy: { $ne: run }, optional: { $ne: true } }, { sort: { path: 1 } }).toArray();
  }

  async sawAny(sync: string, run: string): Promise<boolean> {
    return (await this.fields.findOne({ sync, seenBy: run }, { projection: { _id: 1 } })) !== null;
  }

  /** All of a sync's fields, or these. */
  async forget(sync: string, paths?: readonly string[]): Promise<void> {
    await this.fields.deleteMany(paths ? { _id: { $in: paths.map((path) => idOf(sync, path)) } } : { sync });
  }
}

function learning(
  sync: string,
  run: string,
  { path, types, example }: Lesson,
  now: Date,
): mongo.AnyBulkWriteOperation<KnownField> {
  const isOurs = { $eq: ['$changedBy', run] };
  const change = {
    sync,
    path: { $literal: path },
    types: { $setUnion: [{ $ifNull: ['$types', [] as JsonType[]] }, types] },
    before: { $cond: [isOurs, '$before', { $ifNull: ['$types', null] }] },
    example: { $cond: [isOurs, '$example', { $literal: example ?? null }] },
    changedBy: run,
    seenBy: run,
    firstSeen: { $ifNull: ['$firstSeen', now] },
    lastSeen: now,
  };
  return { updateOne: { filter: { _id: idOf(sync, path) }, update: [{ $set: change }], upsert: true } };
}

function idOf(sync: string, path: string): string {
  return `${sync}/${path}`;
}
