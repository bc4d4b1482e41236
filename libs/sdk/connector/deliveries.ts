import type { KeptDelivery } from './delivery.ts';
import type { LaneLag } from './lane-lag.ts';
import type { LaneShare } from './lane-share.ts';

/** Lanes are numbered by the `place` of their deliveries. */
export interface DeliveriesOptions extends LaneShare {
  signal: AbortSignal;
}

/** Deliveries of a lane in their order. Without any: the lane is over. */
export interface DeliveriesPage {
  lane: string;
  deliveries: (KeptDelivery & { place: number })[];
}

/** What has come to the connection's webhook. */
export interface Deliveries {
  /** What is kept, then what arrives, until the signal ends it by what it says. */
  follow(options: DeliveriesOptions): AsyncIterable<DeliveriesPage>;
  /** What each lane has beyond `after`: deliveries, at most 10,000 are counted. */
  lag(options: LaneShare): Promise<Record<string, LaneLag>>;
}
