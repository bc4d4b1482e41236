import { setTimeout as delay } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { MillraceError, type Json } from '@millrace/sdk';
import type { Run } from '../../runs/run.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import { deliveredLanes, durableLanes, openLanes, type Lanes } from './durable-lanes.ts';
import { laneField } from './lane-names.ts';
import type { SliceLease, SliceUpdate } from '../slices/slice-lease.ts';
import type { SubscriptionEnd } from './subscription-end.ts';
import { handover } from '../timing.ts';

export interface LaneClaimsOptions {
  run: Run;
  held: SliceLease;
  end: Pick<SubscriptionEnd, 'ending' | 'signal'>;
  runs: mongo.Collection<Run>;
  slices: mongo.Collection<SliceDocument>;
}

/**
 * The lanes that one subscriber has. Subscribers of a run take lanes from each other: whoever takes one gets the next term of the run and marks
 * all others, in their own documents, as out of office below it. So the update that would commit a page too late fails by itself.
 */
export class LaneClaims {
  readonly #terms = new Map<string, number>();
  readonly #places = new Map<string, Json>();
  readonly #losses = new Map<string, number>();
  readonly #alone: boolean;

  constructor(private readonly options: LaneClaimsOptions) {
    this.#alone = (options.run.plan.consumers ?? 1) === 1;
  }

  /** The term in which this subscriber has the lane; a later holder of a lane has a greater one. */
  termOf(lane: string): number | undefined {
    return this.#terms.get(lane);
  }

  /** Where a lane goes on that this subscriber has. */
  placeOf(lane: string): Json | undefined {
    return this.#places.get(lane);
  }

  /** How often this subscriber has lost the lane: what it read before the last time is not its own any more. */
  lossesOf(lane: string): number {
    return this.#losses.get(lane) ?? 0;
  }

  /** Where each lane of the run goes on. */
  async durable(): Promise<Lanes> {
    const { run, slices } = this.options;
    return openLanes(durableLanes(run, await slices.find({ run: run._id }, { projection: { lanes: 1 } }).toArray()));
  }

  /** Likewise, as far as all rows have arrived at the destination. */
  async arrived(): Promise<Lanes> {
    const { run, slices } = this.options;
    const shown = { lanes: 1, undelivered: 1, batches: { $slice: 1 } };
    return openLanes(deliveredLanes(run, await slices.find({ run: run._id }, { projection: shown }).toArray()));
  }

  /**
   * Takes the lane from whoever has it, waits until he writes no more, and tells where it goes on. Throws `lane_lost` where the subscription is
   * to end before that.
   */
  async assign(lane: string): Promise<Json | undefined> {
    if (this.#alone) {
      this.#terms.set(lane, 0);
    } else {
      const term = await this.#nextTerm();
      await this.#endOthersBelow(term, lane);
      await this.#whileOthersWrite(lane);
      this.#terms.set(lane, term);
    }
    const lanes = await this.durable();
    const place = Object.hasOwn(lanes, lane) ? lanes[lane] : undefined;
    if (place === undefined) this.#places.delete(lane);
    else this.#places.set(lane, place);
    return place;
  }

  /** Says that a page of the lane is about to be written; `false`: the lane was lost. */
  async begin(lane: string): Promise<boolean> {
    if (this.#alone) return true;
    return this.options.held.updateWhere(this.#inOffice(lane), { $set: { writing: laneField(lane) } });
  }

  /** Commits a page of the lane together with its counts; `false`: the lane was lost, and nothing is committed. */
  async commit(lane: string, resume: Json, change: SliceUpdate): Promise<boolean> {
    const field = `lanes.${laneField(lane)}`;
    const committed = await this.options.held.updateWhere(this.#inOffice(lane), {
      ...change,
      $set: { ...change.$set, [`${field}.resume`]: resume, [`${field}.term`]: this.termOf(lane) ?? 0 },
    });
    if (committed) this.#places.set(lane, resume);
    return committed;
  }

  /** Nothing of any lane is on its way any more. */
  async rest(): Promise<void> {
    if (!this.#alone) await this.options.held.update({ $unset: { writing: '' } });
  }

  /** The lane is somebody else's now. */
  async lose(lane: string): Promise<void> {
    this.#terms.delete(lane);
    this.#losses.set(lane, this.lossesOf(lane) + 1);
    await this.options.held.update({ $unset: { writing: '' } });
  }

  #inOffice(lane: string): mongo.Filter<SliceDocument> {
    if (this.#alone) return {};
    return { [`lanes.${laneField(lane)}.below`]: { $not: { $gt: this.termOf(lane) ?? 0 } } };
  }

  async #nextTerm(): Promise<number> {
    const { run, runs } = this.options;
    const counted = await runs.findOneAndUpdate(
      { _id: run._id },
      { $inc: { terms: 1 } },
      { projection: { terms: 1 }, returnDocument: 'after' },
    );
    return counted?.terms ?? 0;
  }

  async #endOthersBelow(term: number, lane: string): Promise<void> {
    const { run, slices, held } = this.options;
    await slices.updateMany(
      { run: run._id, _id: { $ne: held.slice._id } },
      { $max: { [`lanes.${laneField(lane)}.below`]: term } },
    );
  }

  /**
   * Their rows may be on their way to the destination: ours must not overtake them there. A worker that is gone loses its lease; what it has left
   * in batches is sent by whoever takes up its slice.
   */
  async #whileOthersWrite(lane: string): Promise<void> {
    const { run, slices, held, end } = this.options;
    const field = laneField(lane);
    for (;;) {
      const busy = [
        { state: 'working' as const, writing: field, leaseUntil: { $gt: new Date() } },
        {
          state: { $in: ['pending', 'working'] satisfies SliceDocument['state'][] },
          'undelivered.lane': field,
          'batches.0': { $exists: true },
        },
      ];
      const others = { run: run._id, _id: { $ne: held.slice._id }, $or: busy };
      if (!(await slices.findOne(others, { projection: { _id: 1 } }))) return;
      if (end.ending)
        throw new MillraceError('lane_lost', `Lane "${lane}" was not free before the subscription ended.`);
      await delay(handover, undefined, { signal: end.signal });
    }
  }
}
