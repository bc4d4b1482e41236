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
import type { StoredRefold } from './refold.schema.ts';

const profilesAtATime = 250;
const documentsAtATime = 5_000;
/** Transactions of one person each that wait for the journal at the same time. */
const together = 10;

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

  async removeBatch({ connection = '' }: StoredRefold): Promise<Batch> {
    const [ordersLeft, deletionsLeft, profiles] = await Promise.all([
      this.removeOrders(connection),
      removeSome(this.activity.orderDeletions, { _id: connectionRange(connection) }),
      this.store.profiles.find(withPartsOf(connection), { limit: profilesAtATime }).toArray(),
    ]);
    const changed = await this.removeFrom(profiles, connectionRange(connection));
    return { read: profiles.length, changed, last: !ordersLeft && !deletionsLeft && profiles.length === 0 };
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

  /** Identities go with the profile that had them. */
  private async release(removals: Removal[]): Promise<number> {
    if (await this.releaseTogether(removals)) return removals.length;
    let changed = 0;
    for (let start = 0; start < removals.length; start += together) {
      const some = removals.slice(start, start + together);
      const gone = await Promise.all(some.map((removal) => this.releaseTogether([removal])));
      changed += gone.filter(Boolean).length;
    }
    return changed;
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
    const _id = { $gte: `${connection}:`, $lt: `${connection};` };
    const found = await this.activity.orders.find({ _id }, { projection: { p: 1 }, limit: documentsAtATime }).toArray();
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
