import { Injectable } from '@nestjs/common';
import { Definitions } from '../definitions/index.ts';
import { DueProfiles } from '../due/index.ts';
import { ProfileStore } from '../store/index.ts';
import type { Chore } from './chore.ts';
import { mostRows } from './most-rows.ts';
import { Refresher } from './refresher.ts';

const atATime = 500;
/** Milliseconds until somebody with many rows, who is measured alone, is looked at again. */
const later = 600_000;

/** Refreshes those whom time alone changed: an order left its window, a "30 days ago" is over. */
@Injectable()
export class TimeChore implements Chore {
  readonly name = 'time';

  constructor(
    private readonly store: ProfileStore,
    private readonly definitions: Definitions,
    private readonly due: DueProfiles,
    private readonly refresher: Refresher,
  ) {}

  async isDue(now: Date): Promise<boolean> {
    return (await this.store.profiles.findOne({ dueAt: { $lte: now } }, { projection: { _id: 1 } })) !== null;
  }

  async step(now: Date): Promise<boolean> {
    const people = await this.store.profiles
      .find({ dueAt: { $lte: now } }, { sort: { dueAt: 1 }, limit: atATime })
      .toArray();
    if (people.length === 0) return false;
    const { lost, tooMany } = await this.refresher.refresh(people, await this.definitions.latest(), now, mostRows);
    await this.due.slow(tooMany, now);
    const dueAt = new Date(now.getTime() + later);
    await this.store.profiles.updateMany({ _id: { $in: tooMany }, dueAt: { $lte: now } }, { $set: { dueAt } });
    return people.length === atATime && lost.length < people.length;
  }
}
