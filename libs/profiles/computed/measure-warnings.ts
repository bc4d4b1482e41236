import { Injectable } from '@nestjs/common';
import { randomDocuments } from '#platform';
import { ActivityStore } from '../activity/index.ts';
import { fieldWarnings, type Measure, type RowSource } from '../measures/index.ts';
import type { StoredOrder } from '../orders/index.ts';
import type { StoredEvent } from '../events/index.ts';
import { eventRow, lineRows, orderRow } from '../upkeep/index.ts';

/** Orders or events that are looked at, by chance. */
const sampled = 1_000;

/** Holds measures against a sample of what is stored, so that one that finds nothing to calculate does not do so in silence. */
@Injectable()
export class MeasureWarnings {
  constructor(private readonly activity: ActivityStore) {}

  /** Sentences; none: nothing is odd. They hold no values. */
  async of(measures: readonly Measure[], now: Date): Promise<string[]> {
    const asking = measures.filter(({ field }) => field !== undefined);
    if (asking.length === 0) return [];
    const wants = (...sources: RowSource[]): boolean => asking.some(({ from }) => sources.includes(from));
    const [orders, events] = await Promise.all([
      wants('orders', 'orderLines') ? this.#orders() : [],
      wants('events') ? this.#events() : [],
    ]);
    const rows = {
      orders: orders.map(orderRow),
      orderLines: wants('orderLines') ? orders.flatMap(lineRows) : [],
      events: events.map(eventRow),
    };
    return asking.flatMap((measure) => fieldWarnings(measure, rows[measure.from], now.getTime()));
  }

  #orders(): Promise<StoredOrder[]> {
    return randomDocuments(this.activity.orders, sampled);
  }

  #events(): Promise<StoredEvent[]> {
    return randomDocuments(this.activity.events, sampled);
  }
}
