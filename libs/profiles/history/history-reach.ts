import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Settings } from '#platform';
import { nativeCollection, type Collection } from '../store/index.ts';
import { historyReachModel, type StoredHistoryReach } from './history-reach.schema.ts';

const day = 86_400_000;

/** Knows since when the changes of people are whole. */
@Injectable()
export class HistoryReach implements OnApplicationBootstrap {
  private readonly reach: Collection<StoredHistoryReach>;
  private readonly days: number;

  constructor(@InjectModel(historyReachModel) reach: Model<StoredHistoryReach>, settings: Settings) {
    this.reach = nativeCollection<StoredHistoryReach>(reach);
    this.days = settings.profileHistoryDays;
  }

  /** Where changes are to be kept for longer than before, remembers for how long the present ones are. */
  async onApplicationBootstrap(): Promise<void> {
    const { days } = this;
    const until = new Date(Date.now() + day); // by then no process with the former setting writes any more
    const formerly = { $ifNull: ['$formerly', []] };
    const wasShorter = { $and: [{ $isNumber: '$days' }, { $lt: ['$days', days] }] };
    const withFormer = { $concatArrays: [formerly, [{ days: '$days', until }]] };
    await this.reach.updateOne(
      { _id: 'history' },
      [{ $set: { days, formerly: { $cond: [wasShorter, withFormer, formerly] } } }],
      { upsert: true },
    );
  }

  /** Changes from before this moment may be forgotten. */
  async since(): Promise<Date> {
    const now = Date.now();
    const { from, formerly = [] } = (await this.reach.findOne({ _id: 'history' })) ?? {};
    const forgotten = formerly.map(({ days, until }) => Math.min(now - days * day, Number(until)));
    return new Date(Math.max(now - this.days * day, Number(from ?? 0), ...forgotten));
  }

  /** Changes from before a moment are to be removed, whatever their time. */
  async shortenTo(moment: Date): Promise<void> {
    await this.reach.updateOne({ _id: 'history' }, { $max: { from: moment } }, { upsert: true });
  }
}
