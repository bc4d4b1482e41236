import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { databaseTime, insertUnordered } from '#platform';
import { nativeCollection, ProfileStore, type Collection, type Filter, type StoredProfile } from '../store/index.ts';
import { audienceChangeModel, type StoredAudienceChange } from './audience-change.schema.ts';
import { idBetween } from './id-between.ts';

/** A place in the changes of an audience. */
export interface ChangePlace {
  recordedAt: Date;
  id: string;
}

/** By the database's clock: a former version, or a primary that was replaced, may have recorded ahead of it. */
const byNow = { $expr: { $lte: ['$recordedAt', '$$NOW'] } };

/** Who is in an audience, and who entered or left it. */
@Injectable()
export class Membership {
  readonly changes: Collection<StoredAudienceChange>;

  constructor(
    private readonly store: ProfileStore,
    @InjectModel(audienceChangeModel) private readonly model: Model<StoredAudienceChange>,
  ) {
    this.changes = nativeCollection<StoredAudienceChange>(model);
  }

  /** What was appended before stays as it is. */
  async append(changes: readonly Omit<StoredAudienceChange, 'recordedAt'>[]): Promise<void> {
    if (changes.length === 0) return;
    const recordedAt = await this.now();
    const recorded = changes.map((change) => ({ ...change, recordedAt }));
    await insertUnordered(this.model.db, this.changes, recorded);
  }

  /** By the clock that changes are recorded by. */
  now(): Promise<Date> {
    return databaseTime(this.model.db);
  }

  /** A scan of index keys; a million takes well under a second. */
  count(audience: string): Promise<number> {
    return this.store.profiles.countDocuments({ aud: audience }, { hint: { aud: 1, _id: 1 } });
  }

  /** By ascending id. */
  members(audience: string, after: string | undefined, limit: number): Promise<StoredProfile[]> {
    const beyond = after === undefined ? {} : { _id: { $gt: after } };
    return this.store.profiles.find({ aud: audience, ...beyond }, { sort: { _id: 1 }, limit }).toArray();
  }

  /** Some members, each picked at a random place between the oldest and the newest one; at most `size`, fewer where there are few. */
  async sample(audience: string, size: number): Promise<StoredProfile[]> {
    const few = await this.members(audience, undefined, size);
    const [oldest] = few;
    const [newest] = await this.store.profiles.find({ aud: audience }, { sort: { _id: -1 }, limit: 1 }).toArray();
    if (!oldest || !newest || few.length < size) return few;
    const picks = await Promise.all(
      Array.from({ length: size }, () => this.members(audience, idBetween(oldest._id, newest._id, Math.random()), 1)),
    );
    const picked = new Map([...picks.flat(), ...few].map((profile) => [profile._id, profile]));
    return [...picked.values()].slice(0, size);
  }

  /** Newest first. */
  changesBefore(audience: string, place: ChangePlace | undefined, limit: number): Promise<StoredAudienceChange[]> {
    const { recordedAt, id } = place ?? {};
    const before = recordedAt && {
      recordedAt: { $lte: recordedAt },
      $or: [{ recordedAt: { $lt: recordedAt } }, { recordedAt, _id: { $lt: id } }],
    };
    const filter = { audiences: audience, ...before } as Filter<StoredAudienceChange>;
    return this.changes.find(filter, { sort: { recordedAt: -1, _id: -1 }, limit }).toArray();
  }

  /** In the order in which they were appended, behind a place, or since and up to a time (default: now). */
  changesAfter(
    filter: { audience?: string; since?: Date; until?: Date },
    place: ChangePlace | undefined,
    limit: number,
  ): Promise<StoredAudienceChange[]> {
    const { audience, since, until } = filter;
    const [from, id] = [place?.recordedAt ?? since, place?.id];
    const beyond = from &&
      id !== undefined && { $or: [{ recordedAt: { $gt: from } }, { recordedAt: from, _id: { $gt: id } }] };
    return this.changes
      .find(
        {
          ...(audience !== undefined && { audiences: audience }),
          ...((from ?? until) && { recordedAt: { ...(from && { $gte: from }), ...(until && { $lte: until }) } }),
          ...(!until && byNow),
          ...(beyond && beyond),
        } as Filter<StoredAudienceChange>,
        { sort: { recordedAt: 1, _id: 1 }, limit },
      )
      .toArray();
  }
}
