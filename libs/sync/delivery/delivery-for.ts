import { BatchedDelivery } from './batched-delivery.ts';
import type { Batches } from './batches.ts';
import type { SliceDelivery, WrittenRows } from './delivery.ts';
import { DirectDelivery, type DeliveryOptions } from './direct-delivery.ts';
import { PromptDelivery } from './prompt-delivery.ts';
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
  if (open.builtIn) return new DirectDelivery({ ...options, written });
  const everything = { ...options, written, batches };
  return canSendFirst(options) ? new PromptDelivery(everything) : new BatchedDelivery(everything);
}

/**
 * Rows may be sent before they are kept where a repeat is harmless and they can be read again. Not to a mirror: a row that left the source meanwhile
 * would stay there unknown.
 */
function canSendFirst({ run, held, open }: Pick<DeliveryOptions, 'run' | 'held' | 'open'>): boolean {
  return (
    run.plan.mode !== 'mirror' &&
    (held.slice.origin ?? 'source') === 'source' &&
    open.pushers.every(({ repeatable }) => repeatable)
  );
}
