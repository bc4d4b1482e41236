import { Injectable } from '@nestjs/common';
import { Definitions } from '../definitions/index.ts';
import { DueProfiles } from '../due/index.ts';
import { ProfileStore } from '../store/index.ts';
import type { Chore } from './chore.ts';
import { currentProfiles } from './current-profiles.ts';
import { Refresher } from './refresher.ts';

/** Refreshes those who have so many rows that the others do not wait for them: one by one, and seldom. */
@Injectable()
export class SlowChore implements Chore {
  readonly name = 'slow';

  constructor(
    private readonly store: ProfileStore,
    private readonly definitions: Definitions,
    private readonly due: DueProfiles,
    private readonly refresher: Refresher,
  ) {}

  async isDue(now: Date): Promise<boolean> {
    return (await this.due.nextSlow(now)) !== undefined;
  }

  async step(now: Date): Promise<boolean> {
    const mark = await this.due.nextSlow(now);
    if (!mark) return false;
    const start = performance.now();
    const people = [...(await currentProfiles(this.store, [mark._id])).values()];
    const { lost } = await this.refresher.refresh(people, await this.definitions.latest(), now);
    if (lost.length === 0) await this.due.doneSlowly(mark, now, performance.now() - start);
    return true;
  }
}
