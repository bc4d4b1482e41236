import { Injectable } from '@nestjs/common';
import { ActivityStore } from '../activity/index.ts';
import { DueProfiles } from '../due/index.ts';
import type { Collection } from '../store/index.ts';

/** What may be removed when it is old, and what is measured of it. */
const measuredOf = { event: ['events'], order: ['orders', 'orderLines'] } as const;

interface Dated {
  _id: string;
  p?: string;
  at?: Date;
}

/** Removes events and orders that are older than they may be kept. What is computed of them is measured anew. */
@Injectable()
export class OldActivity {
  constructor(
    private readonly activity: ActivityStore,
    private readonly due: DueProfiles,
  ) {}

  /** Gives how many of these there were. */
  async remove(kind: keyof typeof measuredOf, ids: readonly string[], before: Date): Promise<number> {
    const { events, orders } = this.activity;
    const collection = (kind === 'event' ? events : orders) as unknown as Collection<Dated>;
    const old = { _id: { $in: [...ids] }, at: { $lt: before } };
    const people = async (): Promise<(string | undefined)[]> =>
      (await collection.find(old, { projection: { p: 1 } }).toArray()).map(({ p }) => p);
    const { deletedCount } = await this.due.during(measuredOf[kind], people, () => collection.deleteMany(old));
    return deletedCount;
  }
}
