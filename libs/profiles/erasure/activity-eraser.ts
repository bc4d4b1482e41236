import { Injectable } from '@nestjs/common';
import { ActivityStore } from '../activity/index.ts';
import { partKey } from '../folding/index.ts';
import type { PersonSubject } from './person-subject.ts';
import type { IdentityKey } from '../identity/index.ts';
import type { StoredEvent } from '../events/index.ts';
import type { StoredOrder } from '../orders/index.ts';

const atATime = 500;

/** Some events and orders of a person, and the source records that told of them. */
export interface Activities {
  events: string[];
  orders: string[];
  records: string[];
}

/** Events and orders of people who are erased: there may be a million, so they go a page at a time. */
@Injectable()
export class ActivityEraser {
  constructor(private readonly activity: ActivityStore) {}

  /** Those that are left, at most 500 of each; undefined: none are. */
  async next({ profiles, identities }: PersonSubject): Promise<Activities | undefined> {
    const { theirs, orders: owned } = filtersOf(profiles, identities);
    const [events, orders] = await Promise.all([
      this.activity.events.find(theirs, { projection: { k: 1 }, limit: atATime }).toArray(),
      this.activity.orders.find(owned, { projection: { 'heads.k': 1, 'lines.k': 1 }, limit: atATime }).toArray(),
    ]);
    if (events.length + orders.length === 0) return undefined;
    const records = [...events.map(({ k }) => k), ...orders.flatMap(recordsOf)];
    return {
      events: events.map(({ _id }) => _id),
      orders: orders.map(({ _id }) => _id),
      records: [...new Set(records)],
    };
  }

  /** The source records that told of all of them, in pages; one that told of several comes several times. */
  async *records({ profiles, identities }: PersonSubject): AsyncGenerator<string[]> {
    const { theirs, orders: owned } = filtersOf(profiles, identities);
    const events = this.activity.events.find(theirs, { projection: { k: 1 }, batchSize: atATime });
    const keys = { 'heads.k': 1, 'lines.k': 1 };
    const orders = this.activity.orders.find(owned, { projection: keys, batchSize: atATime });
    let page: string[] = [];
    for await (const record of recordsIn(events, orders)) {
      if (page.push(record) < atATime) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  /** Gives how many were there. Their records have to be buried: what comes of them later is not kept then. */
  async erase({ events, orders, records }: Activities): Promise<Record<string, number>> {
    const [goneEvents, goneOrders, goneDeletions] = await Promise.all([
      this.activity.events.deleteMany({ _id: { $in: events } }),
      this.activity.orders.deleteMany({ _id: { $in: orders } }),
      this.activity.orderDeletions.deleteMany({ _id: { $in: records } }),
    ]);
    return {
      events: goneEvents.deletedCount,
      orders: goneOrders.deletedCount,
      order_deletions: goneDeletions.deletedCount,
    };
  }
}

function filtersOf(profiles: string[], identities: IdentityKey[]) {
  const theirs = { p: { $in: profiles } };
  return { theirs, orders: { $or: [theirs, disowned(identities)] } };
}

/** An order that one of its streams has deleted belongs to nobody any more, and others may still say whose it was. */
export function disowned(identities: IdentityKey[]) {
  return { p: null as unknown as string, 'heads.i': { $in: identities } };
}

async function* recordsIn(
  events: AsyncIterable<StoredEvent>,
  orders: AsyncIterable<StoredOrder>,
): AsyncGenerator<string> {
  for await (const { k } of events) yield k;
  for await (const order of orders) yield* recordsOf(order);
}

/** Lines are records; of a head only its stream is known, and the order's id names the record within it. */
function recordsOf({ _id, heads, lines }: Pick<StoredOrder, '_id' | 'heads' | 'lines'>): string[] {
  const id = _id.slice(_id.indexOf(':') + 1);
  return [...heads.map(({ k }) => partKey(k, id)), ...lines.map(({ k }) => k)];
}
