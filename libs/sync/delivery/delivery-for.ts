import { BatchedDelivery } from './batched-delivery.ts';
import type { Batches } from './batches.ts';
import type { SliceDelivery, WrittenRows } from './delivery.ts';
import { DirectDelivery, type DeliveryOptions } from './direct-delivery.ts';
import type { RunObservers } from '../engine/run-observers.ts';

export interface DeliveryForOptions extends Omit<DeliveryOptions, 'written'> {
  batches: Batches;
  observers: RunObservers;
}

/** The way of a turn's pages to the run's destination; observers are told of what arrived. */
export function deliveryFor({ observers, batches, ...options }: DeliveryForOptions): SliceDelivery {
  const { run, held, open } = options;
  let since = performance.now();
  const written = (rows: WrittenRows): void => {
    observers.pageWritten(run, held.slice, { ...rows, milliseconds: performance.now() - since });
    since = performance.now();
  };
  return open.builtIn
    ? new DirectDelivery({ ...options, written })
    : new BatchedDelivery({ ...options, written, batches });
}
