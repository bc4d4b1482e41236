import { Injectable } from '@nestjs/common';
import { slowestWrite } from '../definitions/index.ts';
import { ProfileHistory } from '../history/index.ts';
import { ActivitySplitter } from './activity-splitter.ts';
import type { Chore } from './chore.ts';

/**
 * Has events and orders follow a split, be it an unmerge or that records share nothing any more: at once, and again when every writer is through that had asked whom its rows are about before it. Goes on where it
 * was when its process died.
 */
@Injectable()
export class SplitChore implements Chore {
  readonly name = 'split';
  readonly withoutDefinitions = true;

  constructor(
    private readonly history: ProfileHistory,
    private readonly activity: ActivitySplitter,
  ) {}

  async isDue(now: Date): Promise<boolean> {
    return (await this.#next(now)) !== null;
  }

  async step(now: Date): Promise<boolean> {
    const merge = await this.#next(now);
    if (!merge) return false;
    const { _id, into, absorbed, people = [into, absorbed], activityDue, undoneAt = now } = merge;
    if (!(await this.activity.split(people))) return false; // once more in a second
    const again = new Date(undoneAt.getTime() + slowestWrite);
    await this.history.merges.updateOne(
      { _id, activityDue },
      now < again ? { $set: { activityDue: again } } : { $unset: { activityDue: '' } },
    );
    return true;
  }

  #next(now: Date) {
    return this.history.merges.findOne({ activityDue: { $lte: now } }, { sort: { activityDue: 1 } });
  }
}
