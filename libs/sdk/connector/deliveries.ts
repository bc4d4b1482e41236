import type { KeptDelivery } from './delivery.ts';
import type { LaneLag } from './lane-lag.ts';

export interface DeliveriesOptions {
  /** By lane, the `place` of the last page that is not wanted any more. */
  after: Record<string, number>;
  isMine: (lane: string) => boolean;
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
  lag(options: Omit<DeliveriesOptions, 'signal'>): Promise<Record<string, LaneLag>>;
}
