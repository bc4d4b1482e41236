import type { mongo } from 'mongoose';
import { canonicalJson } from '#platform';
import type { Batches } from '../../delivery/batches.ts';
import { addAccount, emptyAccount, type Account } from '../../runs/ledger.ts';
import {
  isSubscription,
  isWhole,
  type Run,
  type RunError,
  type RunNotice,
  type RunState,
} from '../../runs/run.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import type { Sync } from '../../syncs/sync.schema.ts';
import { nothing, type Next } from './next-step.ts';
import type { RunLease } from './run-lease.ts';
import type { RunObservers } from '../run-observers.ts';
import { storeLanes } from '../subscriptions/stored-lanes.ts';

export interface RunEndingOptions {
  runs: mongo.Collection<Run>;
  slices: mongo.Collection<SliceDocument>;
  syncs: mongo.Collection<Sync>;
  batches: Batches;
  observers: RunObservers;
}

/** The last step of a run, however it went. */
export class RunEnding {
  constructor(private readonly options: RunEndingOptions) {}

  async end(held: RunLease, state: RunState, error?: RunError, notices: RunNotice[] = []): Promise<Next> {
    const { run } = held;
    const endedAt = new Date();
    const reason = error?.message ?? notices[0]?.message;
    const account = await this.account(run._id);
    held.permit();
    await this.options.batches.removeOfRun(run._id);
    if (isSubscription(run)) await storeLanes(run, this.options);
    const succeeded = state === 'succeeded' && isWhole(run);
    const reaches = succeeded && !(await this.isMoved(run)) ? await this.reachOf(run) : undefined;
    // The sync first: a run that has ended is never looked at again.
    const lastRun = { id: run._id, state, endedAt, ledger: account.ledger, ...(reason && { reason }) };
    await this.options.syncs.updateOne(
      { _id: run.sync },
      { $set: { lastRun, ...(succeeded && { lastSuccess: run._id }), ...(reaches && { reaches }) } },
    );
    await held.update({
      $set: {
        state,
        endedAt,
        ...account,
        ...(error && { error }),
        ...(reason && { reason }),
        ...(notices.length > 0 && { notices }),
      },
      $unset: { active: '', ...(!error && { error: '' }) },
    });
    this.options.observers.runEnded({ ...run, ...account, state, endedAt, error, reason, notices });
    return run.plan.read === 'stream' ? { slices: [], chain: run.sync } : nothing;
  }

  /** Whether somebody gave the sync another destination meanwhile. */
  private async isMoved({ sync, plan }: Run): Promise<boolean> {
    const now = await this.options.syncs.findOne({ _id: sync }, { projection: { to: 1 } });
    return now !== null && canonicalJson(now.to) !== canonicalJson(plan.to);
  }

  /** As soon as no worker is in it any more. */
  async cancel(held: RunLease): Promise<Next> {
    const { slices } = this.options;
    const { _id } = held.run;
    await slices.updateMany({ run: _id, state: 'pending' }, { $set: { state: 'cancelled' } });
    if ((await slices.countDocuments({ run: _id, state: 'working', leaseUntil: { $gt: new Date() } })) > 0)
      return nothing;
    await slices.updateMany({ run: _id, state: 'working' }, { $set: { state: 'cancelled' }, $inc: { epoch: 1 } });
    return this.end(held, 'cancelled');
  }

  /**
   * Up to when everything has arrived. Undefined: its subscribers have said so all along, since they may be behind the run's own time; or one of
   * them did not get to its source.
   */
  private async reachOf(run: Run): Promise<Date | undefined> {
    if (!isSubscription(run)) return run.until;
    if (!run.startedAt) return undefined;
    const shown = { projection: { _id: 1 } } as const;
    const told = await this.options.runs.findOne({ _id: run._id, lag: { $exists: true } }, shown);
    const untried = { run: run._id, $or: [{ epoch: 0 }, { attempts: { $gt: 0 } }] };
    return told || (await this.options.slices.findOne(untried, shown)) ? undefined : run.until;
  }

  /** What the run's slices have come to together. */
  async account(run: string): Promise<Account> {
    const sum = emptyAccount();
    for await (const part of this.options.slices.find({ run }, { projection: { ledger: 1, effects: 1 } }))
      addAccount(sum, part);
    return sum;
  }
}
