import { MillraceError, type Json } from '@millrace/sdk';
import { pageUpdate, noteCommitted, type CommittedPage } from '../../delivery/commit-page.ts';
import type { SlicePlace } from '../../delivery/slice-place.ts';
import type { LaneClaims } from './lane-claims.ts';
import { laneField } from './lane-names.ts';
import type { SliceLease } from '../slices/slice-lease.ts';

const rowsATerm = 10_000_000_000;

/** Whether two rows of a run were read in one term of a lane: only then their `sequence` tells which came first. */
export function inOneTerm(seq: number, other: number): boolean {
  return Math.floor(seq / rowsATerm) === Math.floor(other / rowsATerm);
}

/** Where a subscriber stands: in the lane whose page it has in hand. */
export class LanePlace implements SlicePlace {
  lane = '';

  constructor(
    private readonly held: SliceLease,
    private readonly claims: LaneClaims,
    private readonly destination: string,
  ) {}

  /** A later holder of a lane has a later term: what he writes is newer. */
  sequence(): number {
    return (this.claims.termOf(this.lane) ?? 0) * rowsATerm + this.held.slice.ledger.read;
  }

  /** Throws `lane_lost` when another subscriber has the lane: nothing is committed. */
  async commit({ resume = null, ...page }: CommittedPage): Promise<void> {
    const { slice } = this.held;
    const from = this.claims.placeOf(this.lane);
    const change = pageUpdate(slice, page, this.destination);
    const committed = await this.claims.commit(this.lane, resume, {
      ...change,
      $set: {
        ...change.$set,
        ...(page.account.ledger.read > 0 && { lastRowAt: new Date() }),
        ...(page.batches?.length && { undelivered: undeliveredOf(this.lane, from) }),
      },
    });
    if (!committed) throw new MillraceError('lane_lost', `Lane "${this.lane}" was given to another subscriber.`);
    noteCommitted(slice, page, this.destination);
  }
}

function undeliveredOf(lane: string, from: Json | undefined): { lane: string; from?: Json } {
  return { lane: laneField(lane), ...(from !== undefined && { from }) };
}
