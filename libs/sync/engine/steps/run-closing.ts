import { MillraceError } from '@millrace/sdk';
import type { mongo } from 'mongoose';
import type { Drift } from '../../drift/drift.ts';
import type { KnownRows } from '../../known-rows/known-rows.ts';
import type { Rejects } from '../../rejects/rejects.ts';
import { balances, type Account } from '../../runs/ledger.ts';
import { isSubscription, isWhole, type Run, type RunNotice } from '../../runs/run.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import type { Sync } from '../../syncs/sync.schema.ts';
import { ConnectionError } from '../connection-error.ts';
import { nextStart } from './next-start.ts';
import { nothing, type Next } from './next-step.ts';
import type { OpenRun } from '../opening/open-run.ts';
import { removalsSlice } from './plan-slices.ts';
import { countRemovals, whyHold } from './removals.ts';
import type { RunEnding } from './run-ending.ts';
import type { RunLease } from './run-lease.ts';
import { endWaiting } from '../subscriptions/stored-lanes.ts';
import { subscriptionPatience } from '../timing.ts';
import type { WithRun } from './with-run.ts';

export interface RunClosingOptions {
  runs: mongo.Collection<Run>;
  slices: mongo.Collection<SliceDocument>;
  syncs: mongo.Collection<Sync>;
  rejects: Rejects;
  known: KnownRows;
  drift: Drift;
  ending: RunEnding;
  withRun: WithRun;
}

/** What has to be done once a run's slices are through, before it may end well. */
export class RunClosing {
  constructor(private readonly options: RunClosingOptions) {}

  /** Ends a run whose slices are through; a failed slice ends it once no other is worked on. */
  async close(held: RunLease): Promise<Next> {
    const { run } = held;
    const { slices } = this.options;
    if (await this.failedSlice(run)) {
      await slices.updateMany({ run: run._id, state: 'pending' }, { $set: { state: 'cancelled' } });
      if (isSubscription(run)) await held.update({ $set: { closing: true } });
    }
    if (run.closing) await endWaiting(run._id, slices);
    if (await this.isOpen(run)) return nothing;
    const failed = await this.failedSlice(run); // asked again: one may have failed since
    if (failed) return this.options.ending.end(held, 'failed', failed.error);

    const account = await this.options.ending.account(run._id);
    if (!balances(account.ledger)) {
      const message = `The rows of the run do not add up (${JSON.stringify(account.ledger)}). Report this, with the run's id; run again meanwhile.`;
      return this.options.ending.end(held, 'failed', { code: 'ledger_unbalanced', message });
    }
    const notices = await this.noticesOf(run, account);
    const removals = await this.finish(held, account, notices);
    if (removals) return removals;
    return this.options.ending.end(held, 'succeeded', undefined, notices);
  }

  private async finish(held: RunLease, account: Account, notices: RunNotice[]): Promise<Next | undefined> {
    const { run } = held;
    if (isSubscription(run) && !run.startedAt) return undefined; // it has not even begun
    const sourceWithin = isSubscription(run) ? subscriptionPatience : undefined;
    const finish = async (open: OpenRun): Promise<Next | undefined> => {
      const first = await this.removals(held, open, account);
      if (first) return first;
      for (const pusher of open.pushers) await pusher.finish();
      const odd = await this.advance(held, open);
      if (odd !== undefined) notices.push({ code: 'stray_cursor', message: odd });
      if (run.plan.replay) await this.options.rejects.replayed(run);
      const changes = await this.options.drift.close(run, open);
      if (changes !== undefined) notices.push({ code: 'drift', message: changes });
      return undefined;
    };
    try {
      return await this.options.withRun(held, finish, { sourceWithin });
    } catch (error) {
      if (isSubscription(run) && isNoFailure(error, run)) return undefined;
      throw error;
    }
  }

  /**
   * Whether a slice has still work. One question, answered from an index that a change of state does not move slices in: a slice that is claimed
   * meanwhile would be missed by two.
   */
  private async isOpen({ _id: run }: Run): Promise<boolean> {
    const open = { run, state: { $in: ['pending', 'working'] satisfies SliceDocument['state'][] } };
    return (await this.options.slices.findOne(open, { projection: { _id: 1 }, hint: { run: 1, ordinal: 1 } })) !== null;
  }

  private failedSlice({ _id: run }: Run): Promise<Pick<SliceDocument, 'error'> | null> {
    return this.options.slices.findOne({ run, state: 'failed' }, { projection: { error: 1 } });
  }

  /** A mirror removes what the run no longer saw: after all was read, in a slice of its own, and not without asking where it is much. */
  private async removals(
    held: RunLease,
    { outputs }: OpenRun,
    { ledger, effects }: Account,
  ): Promise<Next | undefined> {
    const { run } = held;
    const { slices, known } = this.options;
    if (run.plan.mode !== 'mirror' || !isWhole(run)) return undefined;
    if (await slices.findOne({ run: run._id, origin: 'removals' }, { projection: { _id: 1 } })) return undefined;
    const removals = await countRemovals(
      known,
      run,
      outputs.map(({ object }) => object),
    );
    if (removals.unseen === 0) return undefined;
    const approved = run.approved?.includes('deletions');
    const why = approved ? undefined : whyHold(removals, ledger, effects.unread ?? 0);
    if (why) {
      await held.update({ $set: { state: 'held', hold: 'deletions', reason: why } });
      return nothing;
    }
    const slice = removalsSlice(run, await slices.countDocuments({ run: run._id }), removals.unseen);
    await slices.insertOne(slice);
    return { slices: [slice] };
  }

  /** Where the next run starts, now that every slice is done. Gives what is odd about that. */
  private async advance(held: RunLease, { stream }: OpenRun): Promise<string | undefined> {
    const { run } = held;
    if (isSubscription(run) || !isWhole(run)) return undefined;
    const finished = await this.options.slices
      .find(
        { run: run._id, origin: { $ne: 'removals' } },
        { projection: { id: 1, spec: 1, resume: 1, cursor: 1, stray: 1 }, sort: { ordinal: 1 } },
      )
      .toArray();
    const { startsFrom, odd } = nextStart(stream, run.plan.startsFrom, finished);
    held.permit();
    if (startsFrom === undefined) return odd;
    const stillWanted = { _id: run.sync, anewSince: { $not: { $gt: run.plan.syncRevision } } };
    await this.options.syncs.updateOne(stillWanted, { $set: { startsFrom } });
    return odd;
  }

  /** That nothing arrived, though rows came, is said; so is a full read that finds nothing where the last one found plenty. */
  private async noticesOf(run: Run, { ledger }: Account): Promise<RunNotice[]> {
    if (ledger.read > 0 && ledger.rejected === ledger.read) {
      const rows = ledger.read === 1 ? 'The only row was' : `All ${ledger.read} rows were`;
      return [
        { code: 'all_rejected', message: `${rows} rejected: GET /api/runs/${run._id}/rejects tells the reasons.` },
      ];
    }
    if (ledger.read > 0 || run.plan.startsFrom !== undefined || !isWhole(run) || isSubscription(run)) return [];
    const last = await this.options.runs.findOne(
      { sync: run.sync, state: 'succeeded', 'plan.startsFrom': { $exists: false } },
      { sort: { _id: -1 }, projection: { ledger: 1 } },
    );
    if (!last || last.ledger.read === 0) return [];
    const message = `Nothing was read, where the last full read had ${last.ledger.read} rows.`;
    return [{ code: 'nothing_read', message }];
  }
}

/** What an endless stream has read has arrived: that its source is away now, or that somebody disabled a connector, takes nothing of it back. */
function isNoFailure(error: unknown, { plan }: Run): boolean {
  if (error instanceof ConnectionError && error.connection === plan.from.connection) return true;
  return error instanceof MillraceError && error.code === 'connector_disabled';
}
