import { Injectable } from '@nestjs/common';
import type { Chore } from './chore.ts';
import { DueChore } from './due-chore.ts';
import { SeparateChore } from './separate-chore.ts';
import { SlowChore } from './slow-chore.ts';
import { SplitChore } from './split-chore.ts';
import { TellChore } from './tell-chore.ts';
import { TimeChore } from './time-chore.ts';
import { WalkChore } from './walk-chore.ts';

/** What keeps computed traits and audiences current, and tells people apart, and their activity, who are not one any more. */
@Injectable()
export class Chores {
  readonly all: readonly Chore[];

  constructor(
    due: DueChore,
    slow: SlowChore,
    time: TimeChore,
    walk: WalkChore,
    tell: TellChore,
    separate: SeparateChore,
    split: SplitChore,
  ) {
    this.all = [walk, due, slow, time, tell, separate, split];
  }

  /** Does all that is due at a time. */
  async settle(now = new Date()): Promise<void> {
    let busy = true;
    while (busy) {
      busy = false;
      for (const chore of this.all) {
        if (!(await chore.isDue(now))) continue;
        busy = true;
        await chore.step(now);
      }
    }
  }
}
