import { Injectable } from '@nestjs/common';
import { lostRace } from '#platform';
import { ActivityStore } from '../activity/index.ts';
import { DueProfiles } from '../due/index.ts';
import { connectionRange, derived, withPartsOf, type PriorityOf } from '../folding/index.ts';
import { ProfileHistory } from '../history/index.ts';
import type { IdentityKey } from '../identity/index.ts';
import { looseness } from '../merging/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import {
  dueAtOnce,
  ProfileStore,
  replaceVersions,
  VersionMoved,
  writeChanges,
  type Collection,
  type StoredProfile,
} from '../store/index.ts';
import type { Batch } from './batch.ts';
import { ordersOf } from './connection-counts.ts';
import type { StoredRefold } from './refold.schema.ts';

const profilesAtATime = 250;
const documentsAtATime = 5_000;

type KeyRange = ReturnType<typeof connectionRange>;

/** One profile without what the connection said, and the identities that it lets go of. */
interface Removal {
  before: StoredProfile;
  after: StoredProfile;
  releases: IdentityKey[];
}

/**
 * Takes away what a connection said, as if it had never been there: parts with their history, events, orders and what is kept of deleted ones. Choices (consents) stay: they are
 * the person's. What is gone is not found again, so a batch needs no place, and may be repeated.
 */
@Injectable()
export class ConnectionData {
  constructor(
    private readonly activity: ActivityStore,
    private readonly store: ProfileStore,
    private readonly history: ProfileHistory,
    private readonly settings: ProfileSettings,
    private readonly due: DueProfiles,
  ) {}

  /** Orders when nobody has parts any more: who is measured anew because of them is not written by others then. */
  async removeBatch({ connection = '' }: StoredRefold): Promise<Batch> {
    const profiles = await this.store.profiles.find(withPartsOf(connection), { limit: profilesAtATime }).toArray();
    const changed = await this.removeFrom(profiles, connectionRange(connection));
    if (profiles.length > 0) return { read: profiles.length, changed, last: false };
    const [ordersLeft, deletionsLeft] = await Promise.all([
      this.removeOrders(connection),
      removeSome(this.activity.orderDeletions, { _id: connectionRange(connection) }),
    ]);
    return { read: 0, changed, last: !ordersLeft && !deletionsLeft };
  }

  /** Events first: the profiles' parts lead to them. Gives of how many the parts are gone; of the others, somebody else was faster. */
  private async removeFrom(profiles: StoredProfile[], k: KeyRange): Promise<number> {
    const owners = { $in: profiles.flatMap(({ _id, absorbed = [] }) => [_id, ...absorbed]) };
    await Promise.all([
      removeAll(this.activity.events, { p: owners, k }),
      removeAll(this.history.changes, { p: owners, k }),
    ]);
    const { priorityOf } = await this.settings.rules();
    const removals = profiles.map((profile) => removalOf(profile, k, priorityOf));
    const keeping = removals.filter(({ releases }) => releases.length === 0);
    const releasing = removals.filter(({ releases }) => releases.length > 0);
    const lost = await writeChanges(this.store.profiles, keeping);
    return keeping.length - lost.length + (await this.release(releasing));
  }

  /**
   * Identities go with the profile that had them. Whom somebody else has written meanwhile is for a later batch; the others are not to wait for them, nor each for a
   * transaction of their own: together again or, where the other one is still at it, by halves.
   */
  private async release(removals: Removal[]): Promise<number> {
    if (await this.releaseTogether(removals)) return removals.length;
    const still = await this.unmoved(removals);
    if (still.length < removals.length || still.length === 1) return still.length > 1 ? this.release(still) : 0;
    const middle = Math.ceil(still.length / 2);
    return (await this.release(still.slice(0, middle))) + (await this.release(still.slice(middle)));
  }

  private async unmoved(removals: Removal[]): Promise<Removal[]> {
    const read = { $in: removals.map(({ before: { _id } }) => _id) };
    const found = await this.store.profiles.find({ _id: read }, { projection: { v: 1 } }).toArray();
    const versions = new Map(found.map(({ _id, v }) => [_id, v]));
    return removals.filter(({ before: { _id, v } }) => versions.get(_id) === v);
  }

  /** All of them or, where somebody else has written one of the profiles meanwhile, none: then false. */
  private async releaseTogether(removals: Removal[]): Promise<boolean> {
    if (removals.length === 0) return true;
    try {
      await this.store.transaction(async (session) => {
        await replaceVersions(this.store, removals, session);
        const released = removals.flatMap(({ before: { _id: p }, releases }) =>
          releases.map((_id) => ({ deleteOne: { filter: { _id, p } } })),
        );
        await this.store.identities.bulkWrite(released, { session });
      });
      return true;
    } catch (error) {
      if (error instanceof VersionMoved || lostRace(error)) return false;
      throw error;
    }
  }

  private async removeOrders(connection: string): Promise<boolean> {
    const found = await this.activity.orders
      .find(ordersOf(connection), { projection: { p: 1 }, limit: documentsAtATime })
      .toArray();
    if (found.length === 0) return false;
    const people = (): (string | undefined)[] => found.map(({ p }) => p);
    const those = { _id: { $in: found.map((order) => order._id) } };
    await this.due.during(['orders', 'orderLines'], people, () => this.activity.orders.deleteMany(those));
    return found.length === documentsAtATime;
  }
}

function removalOf(before: StoredProfile, k: KeyRange, priorityOf: PriorityOf): Removal {
  const parts = before.parts.filter((part) => part.k < k.$gte || part.k >= k.$lt);
  const { name: _, looseAt: __, ...kept } = before;
  const { traits: ___, ...beside } = derived(parts, priorityOf);
  const now = new Date();
  const changed = { parts, v: before.v + 1, updatedAt: now };
  return {
    before,
    after: { ...kept, ...beside, ...looseness(parts, now), ...dueAtOnce(before, now), ...changed },
    releases: before.ids.filter((id) => !beside.ids.includes(id)),
  };
}

async function removeAll<T extends { _id: string }>(collection: Collection<T>, filter: object): Promise<void> {
  while (await removeSome(collection, filter));
}

/** Gives whether there may be more. */
async function removeSome<T extends { _id: string }>(collection: Collection<T>, filter: object): Promise<boolean> {
  const found = await collection.find(filter, { projection: { _id: 1 }, limit: documentsAtATime }).toArray();
  const those = { _id: { $in: found.map(({ _id }) => _id) } } as object;
  if (found.length > 0) await collection.deleteMany(those);
  return found.length === documentsAtATime;
}
