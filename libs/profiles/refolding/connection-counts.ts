import { Injectable } from '@nestjs/common';
import { ActivityStore } from '../activity/index.ts';
import { withPartsOf } from '../folding/index.ts';
import { ProfileStore } from '../store/index.ts';

/** Whoever asks whether it is much knows enough by then. */
export const mostCounted = 100_000;

/** What removing a connection's data would take. */
export interface ConnectionCounts {
  /** People of whom it said something, up to `mostCounted`. */
  people: number;
  /** Orders that it brought, up to `mostCounted`. */
  orders: number;
}

/** How much a connection has said, counted by its indexes and no further than needed. */
@Injectable()
export class ConnectionDataCounter {
  constructor(
    private readonly activity: ActivityStore,
    private readonly store: ProfileStore,
  ) {}

  async count(connection: string): Promise<ConnectionCounts> {
    const limit = mostCounted;
    const [people, orders] = await Promise.all([
      this.store.profiles.countDocuments(withPartsOf(connection), { limit }),
      this.activity.orders.countDocuments(ordersOf(connection), { limit }),
    ]);
    return { people, orders };
  }
}

/** The orders that a connection brought. */
export function ordersOf(connection: string): { _id: { $gte: string; $lt: string } } {
  return { _id: { $gte: `${connection}:`, $lt: `${connection};` } };
}
