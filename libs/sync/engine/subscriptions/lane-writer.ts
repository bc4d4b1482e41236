import { MillraceError, type SubscribeContext } from '@millrace/sdk';
import type { Log } from '#platform';
import type { SliceDelivery } from '../../delivery/delivery.ts';
import type { DriftWatch } from '../../drift/drift-watch.ts';
import type { FieldDrift } from '../../drift/field-drift.ts';
import type { LaneClaims } from './lane-claims.ts';
import type { LanePlace } from './lane-place.ts';
import type { OpenRun } from '../opening/open-run.ts';
import type { SliceLease } from '../slices/slice-lease.ts';
import type { SubscribedPage } from './subscribed-pages.ts';

export interface LaneWriterOptions {
  open: OpenRun;
  /** What the source was given to subscribe with. */
  context: SubscribeContext;
  held: SliceLease;
  claims: LaneClaims;
  place: LanePlace;
  delivery: SliceDelivery;
  drift?: DriftWatch;
  log: Log;
}

/**
 * done: the page is dealt with; lost: its lane is, and the source cannot go on without it; a time: the destination wants to be left alone until
 * then; or what an operator has to approve first.
 */
export type LaneWriting = 'done' | 'lost' | Date | FieldDrift[];

/** Brings one page after the other to the destination, and tells the broker what has arrived. */
export class LaneWriter {
  constructor(private readonly options: LaneWriterOptions) {}

  async write({ page, losses }: SubscribedPage): Promise<LaneWriting> {
    const { open, context, held, claims, drift } = this.options;
    const { lane, resume } = page;
    if (losses < claims.lossesOf(lane)) return 'done'; // read before the lane was lost: its new holder reads it again
    try {
      if (claims.termOf(lane) === undefined) await claims.assign(lane);
      const strange = (await drift?.look(page)) ?? [];
      if (strange.length > 0) return strange;
      if (!(await claims.begin(lane))) return await this.lost(lane);
      held.permit();
      const later = await this.deliver(page);
      if (later) return later;
      await claims.rest();
      await open.stream.commit?.(context, lane, resume);
      return 'done';
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'lane_lost') return this.lost(lane);
      throw error;
    }
  }

  /** One page at a time: where a lane goes on must not run ahead of what has arrived, as another may go on there. */
  private async deliver(page: SubscribedPage['page']): Promise<Date | undefined> {
    const { place, delivery } = this.options;
    place.lane = page.lane;
    return (await delivery.take(page)) ?? (await delivery.settle());
  }

  private async lost(lane: string): Promise<LaneWriting> {
    const { open, context, held, claims, log } = this.options;
    log.info({ slice: held.slice._id, lane }, 'a lane was given to another subscriber');
    await claims.lose(lane);
    if (!open.stream.revoke) return 'lost';
    await open.stream.revoke(context, lane);
    return 'done';
  }
}
