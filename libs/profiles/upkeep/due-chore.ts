import { Injectable } from '@nestjs/common';
import { Definitions } from '../definitions/index.ts';
import { DueProfiles } from '../due/index.ts';
import { ProfileStore } from '../store/index.ts';
import type { Chore } from './chore.ts';
import { currentProfiles } from './current-profiles.ts';
import { mostRows } from './most-rows.ts';
import { Refresher } from './refresher.ts';

const atATime = 500;

/** Refreshes those whose orders, events or consents changed. */
@Injectable()
export class DueChore implements Chore {
  readonly name = 'due';

  constructor(
    private readonly store: ProfileStore,
    private readonly definitions: Definitions,
    private readonly due: DueProfiles,
    private readonly refresher: Refresher,
  ) {}

  async isDue(now: Date): Promise<boolean> {
    return (await this.due.due(now, 1)).length > 0;
  }

  async step(now: Date): Promise<boolean> {
    const marks = await this.due.due(now, atATime);
    if (marks.length === 0) return false;
    const current = await currentProfiles(
      this.store,
      marks.map(({ _id }) => _id),
    );
    const people = [...new Map([...current.values()].map((profile) => [profile._id, profile])).values()];
    const { lost, tooMany } = await this.refresher.refresh(people, await this.definitions.latest(), now, mostRows);
    await this.due.slow(tooMany, now);
    const open = new Set(lost);
    const done = marks.filter(({ _id }) => !open.has(current.get(_id)?._id ?? ''));
    await this.due.done(done, now);
    return marks.length === atATime && done.length > 0;
  }
}
