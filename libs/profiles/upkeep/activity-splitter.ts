import { Injectable } from '@nestjs/common';
import { ActivityStore } from '../activity/index.ts';
import { DueProfiles } from '../due/index.ts';
import { orderIndex, type StoredOrder } from '../orders/index.ts';
import { foldDocuments, ProfileStore, type StoredProfile } from '../store/index.ts';
import { claimsIn } from '../writer/index.ts';
import { currentProfiles } from './current-profiles.ts';

const ordersAtOnce = 200;

/**
 * Gives people who were split the events and orders that others of them were given while they were one: those whose claim (the identities that they came
 * by) went to them with the split. Can be repeated; writers may go on meanwhile.
 */
@Injectable()
export class ActivitySplitter {
  constructor(
    private readonly activity: ActivityStore,
    private readonly store: ProfileStore,
    private readonly due: DueProfiles,
  ) {}

  /** By ids that the people have or had; nothing is to be done of those who are one again. False: writers of the same orders were faster all the time. */
  async split(ids: readonly string[]): Promise<boolean> {
    const current = await currentProfiles(this.store, ids);
    const people = [...new Map([...current.values()].map((person) => [person._id, person])).values()];
    let done = true;
    for (const owner of people) {
      const claims = claimsIn(owner.parts);
      if (claims.size === 0) continue;
      for (const other of people) if (other !== owner) done = (await this.#move(other, owner, claims)) && done;
    }
    return done;
  }

  #move(from: StoredProfile, to: StoredProfile, claims: Claims): Promise<boolean> {
    return this.due.during(
      ['orders', 'orderLines', 'events'],
      () => [from._id, to._id],
      async () => {
        await this.#splitEvents(from, to, claims);
        return this.#splitOrders(from, to, claims);
      },
    );
  }

  async #splitEvents(from: StoredProfile, to: StoredProfile, claims: Claims): Promise<void> {
    for (const [prefix, names] of claims)
      await this.activity.events.updateMany(
        { p: { $in: idsOf(from) }, w: { $in: [...names] }, k: { $gte: prefix, $lt: `${prefix.slice(0, -1)}0` } },
        { $set: { p: to._id } },
      );
  }

  async #splitOrders(from: StoredProfile, to: StoredProfile, claims: Claims): Promise<boolean> {
    const names = [...claims.values()].flatMap((of) => [...of]);
    const found = this.activity.orders.find(
      { p: { $in: idsOf(from) }, 'heads.w': { $in: names } },
      { projection: { _id: 1 }, batchSize: ordersAtOnce },
    );
    let [ids, faster]: [string[], boolean] = [[], false];
    const flush = async (): Promise<void> => {
      const lost = await foldDocuments(
        this.activity.orders,
        ids,
        (_, order) => order && ordersOf(order, to._id, claims),
      );
      faster ||= lost.size > 0;
      ids = [];
    };
    for await (const { _id } of found) if (ids.push(_id) >= ordersAtOnce) await flush();
    await flush();
    return !faster;
  }
}

type Claims = ReturnType<typeof claimsIn>;

function idsOf({ _id, absorbed = [] }: StoredProfile): string[] {
  return [_id, ...absorbed];
}

/** The order with those heads given to the profile whose claims they came by; undefined: nothing changes. */
function ordersOf(order: StoredOrder, profile: string, claims: Claims): StoredOrder | undefined {
  const isTheirs = ({ k, w, p }: StoredOrder['heads'][number]): boolean =>
    w !== undefined && p !== profile && claims.get(k)?.has(w) === true;
  if (!order.heads.some(isTheirs)) return undefined;
  const { p: _p, at: _at, ...same } = order;
  const heads = order.heads.map((head) => (isTheirs(head) ? { ...head, p: profile } : head));
  return { ...same, v: order.v + 1, heads, ...orderIndex({ heads, lines: order.lines }), updatedAt: new Date() };
}
