import type { Log } from '#platform';
import type { Batches } from '../../delivery/batches.ts';
import { deliveryFor } from '../../delivery/delivery-for.ts';
import type { SliceDelivery } from '../../delivery/delivery.ts';
import { slicePlace } from '../../delivery/slice-place.ts';
import type { Drift } from '../../drift/drift.ts';
import type { Rejects } from '../../rejects/rejects.ts';
import type { Run } from '../../runs/run.schema.ts';
import type { OpenRun } from '../opening/open-run.ts';
import { prefetch } from './prefetch.ts';
import type { RunObservers } from '../run-observers.ts';
import type { SliceLease } from './slice-lease.ts';
import type { SliceReaders } from './slice-reader.ts';
import { turn } from '../timing.ts';

export interface SliceTurnOptions {
  run: Run;
  held: SliceLease;
  open: OpenRun;
  origin: keyof SliceReaders;
  rejects: Rejects;
  batches: Batches;
  readers: SliceReaders;
  observers: RunObservers;
  drift: Drift;
  log: Log;
  stopping: AbortSignal;
}

/** done: the slice is through; held: the run waits for an operator; else it goes on, now or at `at`, for which the destination asked (`said`). */
export type TurnEnd = 'done' | 'held' | { at?: Date; said?: string };

/** Brings pages of a slice from the source to the destination, until it is through or others are to have their turn. */
export class SliceTurn {
  constructor(private readonly options: SliceTurnOptions) {}

  async take(): Promise<TurnEnd> {
    const delivery = this.delivery();
    try {
      await delivery.start();
      const stopped = this.options.held.slice.readThrough ? undefined : await this.read(delivery);
      if (stopped) return stopped;
      const at = await delivery.settle();
      if (at) return { at, said: delivery.said };
      this.options.held.permit();
      return 'done';
    } finally {
      await delivery.quiet();
    }
  }

  /** Gives nothing when all is read. */
  private async read(delivery: SliceDelivery): Promise<TurnEnd | undefined> {
    const { run, held, open, readers, drift, log, stopping } = this.options;
    const until = Date.now() + turn;
    const pages = readers[this.options.origin].read(open, held.slice, run);
    const watch = await drift.watch(run, held.slice, open);
    for await (const page of prefetch(pages, held.signal, log)) {
      held.permit();
      const strange = await watch?.look(page);
      if (strange && strange.length > 0) {
        await delivery.settle();
        await drift.hold(run, strange, open);
        return 'held';
      }
      const later = await delivery.take(page);
      if (later) return { at: later, said: delivery.said };
      if (page.resume !== undefined && (Date.now() > until || stopping.aborted || held.isRunHeld)) {
        await watch?.end();
        const at = await delivery.settle();
        return held.isRunHeld ? 'held' : { at, said: delivery.said };
      }
    }
    held.permit();
    await watch?.end();
    await delivery.landed();
    await held.update({ $set: { readThrough: true } });
    return undefined;
  }

  private delivery(): SliceDelivery {
    const { run, held } = this.options;
    return deliveryFor({ ...this.options, place: slicePlace(held, run.plan.to.connection) });
  }
}
