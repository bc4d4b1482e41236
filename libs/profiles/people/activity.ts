import { Injectable } from '@nestjs/common';
import { ActivityStore } from '../activity/index.ts';
import { ProfileFinder } from './profile-finder.ts';
import { eventView, type EventView } from './views.ts';

/** From when to when, both included. */
export interface Period {
  since: Date;
  until: Date;
}

const mostEvents = 1_000;

/** What somebody did in a while, whatever profiles were merged meanwhile. */
@Injectable()
export class Activity {
  constructor(
    private readonly finder: ProfileFinder,
    private readonly activity: ActivityStore,
  ) {}

  /** The events of some names, newest first; at most 1,000. Throws `profile_not_found`. */
  async events(profile: string, names: readonly string[], { since, until }: Period): Promise<EventView[]> {
    const filter = { p: { $in: await this.#idsOf(profile) }, at: { $gte: since, $lte: until }, name: { $in: names } };
    const found = await this.activity.events.find(filter, { sort: { at: -1, _id: -1 }, limit: mostEvents }).toArray();
    return found.map(eventView);
  }

  /** Orders without a time count when they became known. Throws `profile_not_found`. */
  async ordered(profile: string, { since, until }: Period): Promise<boolean> {
    const theirs = { p: { $in: await this.#idsOf(profile) } };
    const period = { $gte: since, $lte: until };
    const undated = { ...theirs, at: null as unknown as undefined, createdAt: period };
    for (const filter of [{ ...theirs, at: period }, undated])
      if (await this.activity.orders.findOne(filter, { projection: { _id: 1 } })) return true;
    return false;
  }

  async #idsOf(profile: string): Promise<string[]> {
    const { _id, absorbed = [] } = await this.finder.byId(profile);
    return [_id, ...absorbed];
  }
}
