import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { newId, Settings } from '#platform';
import { nativeCollection, type ClientSession, type Collection } from '../store/index.ts';
import { HistoryReach } from './history-reach.ts';
import { mergeModel, type StoredMerge } from './merge.schema.ts';
import { partChangeModel, type StoredPartChange } from './part-change.schema.ts';
import type { PartChange } from './part-changes.ts';

const day = 86_400_000;

/** What profiles were before: replaced versions of their parts, and merges. */
@Injectable()
export class ProfileHistory {
  readonly changes: Collection<StoredPartChange>;
  readonly merges: Collection<StoredMerge>;

  constructor(
    @InjectModel(partChangeModel) changes: Model<StoredPartChange>,
    @InjectModel(mergeModel) merges: Model<StoredMerge>,
    private readonly reach: HistoryReach,
    private readonly settings: Settings,
  ) {
    this.changes = nativeCollection<StoredPartChange>(changes);
    this.merges = nativeCollection<StoredMerge>(merges);
  }

  /** Changes from before this moment may be forgotten. */
  since(): Promise<Date> {
    return this.reach.since();
  }

  /** Written before what it is about, so that no crash loses it. Gives the ids, for `withdraw`. */
  async note(changes: readonly PartChange[], session?: ClientSession): Promise<string[]> {
    if (changes.length === 0) return [];
    const entries = changes.map((change): StoredPartChange => ({
      _id: newId('chg'),
      ...change,
      expiresAt: new Date(change.at.getTime() + this.settings.profileHistoryDays * day),
    }));
    await this.changes.insertMany(entries, { ordered: false, session });
    return entries.map(({ _id }) => _id);
  }

  /** Takes back what was noted about a change that somebody else was faster with. */
  async withdraw(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.changes.deleteMany({ _id: { $in: [...ids] } });
  }

  /** Forgets those of some changes that are from before a moment; gives how many there were. First it is told that the past is not whole any more. */
  async forgetBefore(moment: Date, ids: readonly string[]): Promise<number> {
    await this.reach.shortenTo(moment);
    return (await this.changes.deleteMany({ _id: { $in: [...ids] }, at: { $lt: moment } })).deletedCount;
  }

  /** Forgets what people were, and whom they were merged with. */
  async forget(profiles: readonly string[]): Promise<void> {
    const those = { $in: [...profiles] };
    await this.changes.deleteMany({ p: those });
    await this.merges.deleteMany({ $or: [{ into: those }, { absorbed: those }] });
  }
}
