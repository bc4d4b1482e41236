import { Injectable } from '@nestjs/common';
import { Separator } from '../merging/index.ts';
import { ProfileStore } from '../store/index.ts';
import type { Chore } from './chore.ts';

const atATime = 100;
const marked = { looseAt: { $exists: true } };

/**
 * Looks at profiles whose records may not belong together any more, because one gave up an identity or is gone, and makes people of their own of those that
 * do not. Whoever was changed meanwhile keeps the mark, and is looked at again.
 */
@Injectable()
export class SeparateChore implements Chore {
  readonly name = 'separate';
  readonly withoutDefinitions = true;

  constructor(
    private readonly store: ProfileStore,
    private readonly separator: Separator,
  ) {}

  async isDue(): Promise<boolean> {
    return (await this.store.profiles.findOne(marked, { projection: { _id: 1 } })) !== null;
  }

  async step(): Promise<boolean> {
    const people = await this.store.profiles.find(marked, { sort: { looseAt: 1 }, limit: atATime }).toArray();
    let done = 0;
    for (const profile of people) if (await this.separator.separate(profile)) done++;
    return people.length === atATime && done > 0;
  }
}
