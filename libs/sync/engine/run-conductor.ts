import type { Collection } from 'mongodb';
import { MillraceError, messageOf, type TemplateRenderer } from '@millrace/sdk';
import type { Connections } from '#connections';
import type { Log } from '#platform';
import type { Batches } from '../delivery/batches.ts';
import type { Rejects } from '../rejects/rejects.ts';
import type { KnownRows } from '../known-rows/known-rows.ts';
import { addAccount, balances, emptyAccount, type Account } from '../runs/ledger.ts';
import { isResting, isWhole, type Run, type RunError, type RunNotice, type RunState } from '../runs/run.schema.ts';
import type { SliceDocument } from '../runs/slice.schema.ts';
import type { Sync } from '../syncs/sync.schema.ts';
import type { Drift } from '../drift/drift.ts';
import { runErrorOf } from './connection-error.ts';
import { advanceCursor } from './cursor.ts';
import { openRun, type OpenRun } from './open-run.ts';
import { planSlices, removalsSlice } from './plan-slices.ts';
import { countRemovals, whyHold } from './removals.ts';
import { RunLease, type RunLeaseOptions } from './run-lease.ts';
import { endWaiting, storeLanes } from './stored-lanes.ts';
import { isSubscription } from './subscription-slices.ts';
import type { RunObservers } from './run-observers.ts';
import { backoff, ledRetry, maxAttempts } from './timing.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface RunConductorOptions extends RunLeaseOptions {
  slices: Collection<SliceDocument>;
  syncs: Collection<Sync>;
  batches: Batches;
  rejects: Rejects;
  known: KnownRows;
  connections: Connections;
  observers: RunObservers;
  drift: Drift;
  render?: TemplateRenderer;
  log: Log;
}

/** What is to be queued after a step. */
export interface Next {
  slices: Pick<SliceDocument, '_id' | 'epoch' | 'origin'>[];
  /** The run itself wants another step then. */
  again?: Date;
  /** The sync whose chain of runs goes on. */
  chain?: string;
}

const nothing: Next = { slices: [] };

/** Leads a run from queued to ended: plans its slices, and closes it when they are through. Every step can be repeated. */
export class RunConductor {
  constructor(private readonly options: RunConductorOptions) {}

  async step(runId: string): Promise<Next> {
    const { log } = this.options;
    const held = await RunLease.claim(runId, this.options);
    if (!held) return this.laterIfLed(runId);
    held.keep((error) => log.warn({ run: runId, error: messageOf(error) }, 'the lease could not be renewed'));
    try {
      if (held.run.cancelRequested) return await this.cancel(held);
      if (isResting(held.run)) return nothing;
      const step = held.run.state === 'queued' ? this.plan(held) : this.close(held);
      return await unlessAborted(step, held.signal, log);
    } catch (error) {
      return await this.failed(held, held.signal.aborted ? held.signal.reason : error);
    } finally {
      await held.release();
    }
  }

  /** Somebody else leads the run: what happened meanwhile may have come too late for that step. */
  private async laterIfLed(runId: string): Promise<Next> {
    const run = await this.options.runs.findOne({ _id: runId, active: true }, { projection: { notBefore: 1 } });
    return run
      ? { slices: [], again: new Date(Math.max(Date.now() + ledRetry, run.notBefore?.getTime() ?? 0)) }
      : nothing;
  }

  private async plan(held: RunLease): Promise<Next> {
    const { slices, drift } = this.options;
    return this.withRun(held, async (open) => {
      // Of a planning that was broken off. One that stalled meanwhile must not delete what its successor planned.
      await slices.deleteMany({ run: held.run._id, planEpoch: { $not: { $gte: held.run.epoch } } });
      const planned = await planSlices(held.run, open);
      const expected = held.run.plan.replay
        ? await this.options.rejects.countToReplay(held.run)
        : await open.stream.count?.(open.context);
      const learnsFields = await drift.learns(held.run);
      const startedAt = new Date();
      held.permit();
      if (planned.length > 0) await slices.insertMany(planned);
      await held.update({
        $set: {
          state: 'running',
          startedAt,
          attempts: 0,
          learnsFields,
          ...(expected !== undefined && { expected }),
        },
        $unset: { error: '' },
      });
      this.options.observers.runStarted(
        { ...held.run, state: 'running', startedAt },
        {
          slices: planned.length,
          expected,
          schema: open.stream.schema,
          outputs: open.outputs,
        },
      );
      return { slices: planned, ...(planned.length === 0 && { again: new Date() }) };
    });
  }

  /** Ends a run whose slices are through; a failed slice ends it once no other is worked on. */
  private async close(held: RunLease): Promise<Next> {
    const { run } = held;
    const { slices } = this.options;
    if (await this.failedSlice(run)) {
      await slices.updateMany({ run: run._id, state: 'pending' }, { $set: { state: 'cancelled' } });
      if (isSubscription(run)) await held.update({ $set: { closing: true } });
    }
    if (run.closing) await endWaiting(run._id, slices);
    if (await this.isOpen(run)) return nothing;
    const failed = await this.failedSlice(run); // asked again: one may have failed since
    if (failed) return this.end(held, 'failed', failed.error);

    const account = await this.account(run._id);
    if (!balances(account.ledger)) {
      const message = `The rows of the run do not add up (${JSON.stringify(account.ledger)}). Report this, with the run's id; run again meanwhile.`;
      return this.end(held, 'failed', { code: 'ledger_unbalanced', message });
    }
    const notices = await this.noticesOf(run, account);
    const removals = await this.withRun(held, async (open) => {
      const first = await this.removals(held, open, account);
      if (first) return first;
      for (const pusher of open.pushers) await pusher.finish();
      await this.advance(held, open);
      if (run.plan.replay) await this.options.rejects.replayed(run);
      const changes = await this.options.drift.close(run, open);
      if (changes !== undefined) notices.push({ code: 'drift', message: changes });
      return undefined;
    });
    if (removals) return removals;
    return this.end(held, 'succeeded', undefined, notices);
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

  /** Where the next run starts, now that every slice is done. */
  private async advance(held: RunLease, { stream }: OpenRun): Promise<void> {
    const { run } = held;
    if (isSubscription(run) || !isWhole(run)) return;
    const finished = await this.options.slices
      .find(
        { run: run._id, origin: { $ne: 'removals' } },
        { projection: { id: 1, spec: 1, resume: 1, cursor: 1 }, sort: { ordinal: 1 } },
      )
      .toArray();
    const { startsFrom: before } = run.plan;
    const startsFrom = stream.advance
      ? stream.advance(before, finished)
      : advanceCursor(before, finished, stream.lookback);
    held.permit();
    if (startsFrom === undefined) return;
    const stillWanted = { _id: run.sync, anewSince: { $not: { $gt: run.plan.syncRevision } } };
    await this.options.syncs.updateOne(stillWanted, { $set: { startsFrom } });
  }

  private async cancel(held: RunLease): Promise<Next> {
    const { slices } = this.options;
    const { _id } = held.run;
    await slices.updateMany({ run: _id, state: 'pending' }, { $set: { state: 'cancelled' } });
    if ((await slices.countDocuments({ run: _id, state: 'working', leaseUntil: { $gt: new Date() } })) > 0)
      return nothing;
    await slices.updateMany({ run: _id, state: 'working' }, { $set: { state: 'cancelled' }, $inc: { epoch: 1 } });
    return this.end(held, 'cancelled');
  }

  private async end(held: RunLease, state: RunState, error?: RunError, notices: RunNotice[] = []): Promise<Next> {
    const { run } = held;
    const endedAt = new Date();
    const reason = error?.message ?? notices[0]?.message;
    const account = await this.account(run._id);
    held.permit();
    await this.options.batches.removeOfRun(run._id);
    if (isSubscription(run)) await storeLanes(run, this.options);
    // The sync first: a run that has ended is never looked at again.
    const lastRun = { id: run._id, state, endedAt, ...(reason && { reason }) };
    await this.options.syncs.updateOne(
      { _id: run.sync },
      { $set: { lastRun, ...(state === 'succeeded' && isWhole(run) && { reaches: run.until, lastSuccess: run._id }) } },
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

  private async failed(held: RunLease, thrown: unknown): Promise<Next> {
    const { run } = held;
    const known = thrown instanceof MillraceError ? thrown : undefined;
    if (known?.code === 'lease_lost') return nothing;
    if (known?.code === 'run_cancelled') return this.cancel(held);
    const error = runErrorOf(thrown);
    const attempts = run.attempts + (known?.code === 'service_unavailable' ? 0 : 1);
    const again = (known ? known.retryable : true) && attempts < maxAttempts;
    this.options.log.warn(
      { run: run._id, attempts, again, ...error, err: known ? undefined : thrown },
      'a run could not go on',
    );
    if (!again) return this.end(held, 'failed', error);
    const notBefore = new Date(Date.now() + backoff(attempts, known?.retryAfter));
    await held.update({ $set: { attempts, notBefore, error } });
    this.options.observers.note(run._id, {
      level: 'warn',
      message: `The run could not go on: ${error.message} It is tried again at ${notBefore.toISOString()}.`,
      fields: { code: error.code, attempts },
    });
    return { slices: [], again: notBefore };
  }

  private async withRun<T>(held: RunLease, work: (open: OpenRun) => Promise<T>): Promise<T> {
    const { connections, known, render, observers } = this.options;
    const log = observers.logOf(held.run._id, this.options.log);
    const open = await openRun(held.run, { connections, known, render, log, signal: held.signal, permit: held.permit });
    try {
      return await work(open);
    } catch (error) {
      throw open.shownError(error);
    } finally {
      await open.close();
    }
  }

  /** A full read that finds nothing where the last one found plenty is said to be unusual. */
  private async noticesOf(run: Run, { ledger }: Account): Promise<RunNotice[]> {
    if (ledger.read > 0 || run.plan.startsFrom !== undefined || !isWhole(run) || isSubscription(run)) return [];
    const last = await this.options.runs.findOne(
      { sync: run.sync, state: 'succeeded', 'plan.startsFrom': { $exists: false } },
      { sort: { _id: -1 }, projection: { ledger: 1 } },
    );
    if (!last || last.ledger.read === 0) return [];
    const message = `Nothing was read, where the last full read had ${last.ledger.read} rows.`;
    return [{ code: 'nothing_read', message }];
  }

  private async account(run: string): Promise<Account> {
    const sum = emptyAccount();
    for await (const part of this.options.slices.find({ run }, { projection: { ledger: 1, effects: 1 } }))
      addAccount(sum, part);
    return sum;
  }
}
