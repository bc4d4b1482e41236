import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { Collections } from '../collections.ts';
import type { Run } from '../runs/run.schema.ts';
import type { SliceDocument } from '../runs/slice.schema.ts';

export type DueRun = Pick<Run, '_id' | 'epoch'>;
export type DueSlice = Pick<SliceDocument, '_id' | 'epoch' | 'origin'>;

/** Whether the slice follows an endless stream. */
export function isSubscriber({ origin }: DueSlice): boolean {
  return origin === 'subscription';
}

/** Slices of one run that are queued at a time, so that a run of many lets others in between. */
const slicesARun = 64;
const runsAPage = 500;
const atOnce = 16;

type Candidate = Pick<
  Run,
  '_id' | 'epoch' | 'state' | 'leaseUntil' | 'notBefore' | 'cancelRequested' | 'paused' | 'closing' | 'plan'
>;

/** What there is to do, as MongoDB has it. */
@Injectable()
export class DueWork {
  constructor(private readonly collections: Collections) {}

  /** All that is due or orphaned, page by page of active runs. */
  async *find(now = new Date()): AsyncGenerator<{ runs: DueRun[]; slices: DueSlice[] }> {
    for (let after = ''; ;) {
      const page = await this.activeRuns(after);
      for (let start = 0; start < page.length; start += atOnce) {
        const found = await Promise.all(page.slice(start, start + atOnce).map((run) => this.ofRun(run, now)));
        yield { runs: found.flatMap(({ runs }) => runs), slices: found.flatMap(({ slices }) => slices) };
      }
      const last = page.at(-1);
      if (!last || page.length < runsAPage) return;
      after = last._id;
    }
  }

  /** The first slices of a run that wait, or whose worker has gone silent. */
  async slicesOf(run: string, now = new Date()): Promise<DueSlice[]> {
    const options = { projection: { epoch: 1, origin: 1 }, sort: { ordinal: 1 }, limit: slicesARun } as const;
    const find = (filter: mongo.Filter<SliceDocument>): Promise<DueSlice[]> =>
      this.collections.slices.find({ run, ...filter }, options).toArray();
    const [orphaned, waiting] = await Promise.all([
      find({ state: 'working', leaseUntil: { $lt: now } }),
      find({ state: 'pending', notBefore: { $not: { $gt: now } } }),
    ]);
    return [...orphaned, ...waiting].slice(0, slicesARun);
  }

  private activeRuns(after: string): Promise<Candidate[]> {
    const projection = {
      epoch: 1,
      state: 1,
      leaseUntil: 1,
      notBefore: 1,
      cancelRequested: 1,
      paused: 1,
      closing: 1,
      'plan.read': 1,
    };
    return this.collections.runs
      .find({ active: true, _id: { $gt: after } }, { projection, sort: { _id: 1 }, limit: runsAPage })
      .toArray();
  }

  private async ofRun(run: Candidate, now: Date): Promise<{ runs: DueRun[]; slices: DueSlice[] }> {
    const works = run.state === 'running' && !run.cancelRequested && !run.paused;
    const slices = works ? await this.slicesOf(run._id, now) : [];
    const led = run.leaseUntil !== undefined && run.leaseUntil > now;
    const waits = run.notBefore !== undefined && run.notBefore > now;
    const runs = !led && !waits && (await this.wantsStep(run, slices.length > 0)) ? [run] : [];
    return { runs, slices };
  }

  /** Whether the run's conductor has something to do: to plan, to cancel, to close, or to stop what is left after a failure. */
  private async wantsStep(
    { _id: run, state, cancelRequested, paused, closing, plan }: Candidate,
    hasDue: boolean,
  ): Promise<boolean> {
    if (cancelRequested) return true;
    if (paused) return false;
    if (state === 'queued') return true;
    if (state !== 'running') return false;
    const one = (filter: mongo.Filter<SliceDocument>): Promise<DueSlice | null> =>
      this.collections.slices.findOne({ run, ...filter }, { projection: { epoch: 1 } });
    if (closing) return true;
    // The other subscribers of an endless stream do not end by themselves.
    if (plan.read === 'stream' && (await one({ state: 'failed' }))) return true;
    if (hasDue) return (await one({ state: 'failed' })) !== null;
    return (await one({ state: { $in: ['pending', 'working'] } })) === null;
  }
}
