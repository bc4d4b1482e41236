import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { isDuplicate, newId, Traces } from '#platform';
import { Collections } from '../collections.ts';
import { RunObservers } from '../engine/run-observers.ts';
import { Drift } from '../drift/drift.ts';
import { DueWork } from '../queues/due-work.ts';
import { WorkQueues } from '../queues/work-queues.ts';
import { addAccount, emptyAccount, type Account } from './ledger.ts';
import { Syncs } from '../syncs/syncs.ts';
import { RunPlans, type RunOptions } from './run-plans.ts';
import { isSubscription, toldState, type Run, type RunTrigger } from './run.schema.ts';
import type { ShownState } from './run.response.ts';
import { waitingOf } from './waiting.ts';

export interface RunQuery {
  sync?: string;
  state?: ShownState;
  since?: Date;
  /** Id of the last run of the former page; newest first. */
  after?: string;
  limit: number;
}

/** Runs of syncs: started, watched, cancelled. */
@Injectable()
export class Runs {
  constructor(
    private readonly collections: Collections,
    private readonly syncs: Syncs,
    private readonly plans: RunPlans,
    private readonly queues: WorkQueues,
    private readonly due: DueWork,
    private readonly observers: RunObservers,
    private readonly drift: Drift,
    private readonly traces: Traces,
    @InjectModel('Run') private readonly model: Model<Run>,
  ) {}

  /** Makes a run of what the sync says now. Throws `run_active` while another one is going on. */
  async start(
    syncId: string,
    { trigger, scheduledFor, ...options }: { trigger: RunTrigger; scheduledFor?: Date } & RunOptions,
  ): Promise<Run> {
    const sync = await this.syncs.settled(syncId);
    const now = new Date();
    const startedIn = this.startedIn();
    const run: Run = {
      _id: newId('run'),
      sync: sync._id,
      active: true,
      state: 'queued',
      trigger,
      ...(startedIn && { startedIn }),
      ...(scheduledFor && { scheduledFor }),
      plan: await this.plans.of(sync, options),
      until: now,
      epoch: 0,
      attempts: 0,
      ...emptyAccount(),
      detailed: true,
      createdAt: now,
    };
    await this.insert(run);
    this.observers.note(run._id, { level: 'info', message: `The run was made (trigger: ${trigger}).` });
    await this.queues.addRun(run._id);
    return run;
  }

  async get(id: string): Promise<Run> {
    const run = await this.collections.runs.findOne({ _id: id });
    if (!run) throw new MillraceError('not_found', `There is no run ${id}. GET /api/runs lists them.`);
    return run.active ? { ...run, ...(await this.account(id)), ...(await waitingOf(run, this.collections)) } : run;
  }

  async list({ sync, state, since, after, limit }: RunQuery): Promise<Run[]> {
    const filter: mongo.Filter<Run> = {
      ...(sync && { sync }),
      ...(state === 'paused' ? { active: true, paused: true } : state && { state }),
      ...(since && { createdAt: { $gte: since } }),
      ...(after && { _id: { $lt: after } }),
    };
    return this.collections.runs.find(filter, { sort: { _id: -1 }, limit }).toArray();
  }

  /** Asks for the end of a run; workers heed it within a second. */
  async cancel(id: string): Promise<Run> {
    const run = await this.collections.runs.findOneAndUpdate(
      { _id: id, active: true },
      { $set: { cancelRequested: true }, $unset: { notBefore: '' } },
      { returnDocument: 'after' },
    );
    if (!run) {
      const { state } = await this.get(id);
      throw new MillraceError('conflict', `The run has ended already (${state}); there is nothing to cancel.`);
    }
    // The chain of an endless stream would start the next one at once.
    if (isSubscription(run))
      await this.collections.syncs.updateOne({ _id: run.sync, read: 'stream' }, { $set: { paused: true } });
    this.observers.note(id, { level: 'info', message: 'Somebody asked to cancel the run.' });
    await this.queues.addRun(id);
    return run;
  }

  /** Lets a held run go on. */
  async approve(id: string): Promise<Run> {
    const held = await this.get(id);
    if (held.hold === 'drift') await this.drift.approve(held);
    const run = await this.collections.runs.findOneAndUpdate(
      { _id: id, active: true, state: 'held' },
      [
        { $set: { state: 'running', approved: { $setUnion: [{ $ifNull: ['$approved', []] }, ['$hold']] } } },
        { $unset: ['reason', 'hold'] },
      ],
      { returnDocument: 'after' },
    );
    if (!run)
      throw new MillraceError(
        'run_not_held',
        `Run ${id} is ${toldState(await this.get(id))}: only a held run waits for approval.`,
      );
    this.observers.note(id, { level: 'info', message: 'Somebody approved what the run was held for; it goes on.' });
    await this.queues.addRun(id);
    return run;
  }

  /** Lets a run rest: workers finish the page that they are at. */
  async pause(id: string): Promise<Run> {
    const run = await this.get(id);
    if (isSubscription(run))
      throw new MillraceError(
        'conflict',
        'An endless stream is paused by its sync. PATCH the sync with { "paused": true }.',
      );
    const { matchedCount } = await this.collections.runs.updateOne(
      { _id: id, active: true },
      { $set: { paused: true } },
    );
    if (matchedCount === 0) throw new MillraceError('conflict', `The run has ended already (${run.state}).`);
    this.observers.note(id, { level: 'info', message: 'Somebody paused the run.' });
    return { ...run, paused: true };
  }

  /** Lets a paused run go on where it was. */
  async resume(id: string): Promise<Run> {
    const run = await this.collections.runs.findOneAndUpdate(
      { _id: id, active: true, paused: true },
      { $unset: { paused: '', notBefore: '' } },
      { returnDocument: 'after' },
    );
    if (!run) throw new MillraceError('conflict', `Run ${id} is ${toldState(await this.get(id))}, not paused.`);
    this.observers.note(id, { level: 'info', message: 'Somebody resumed the run.' });
    await this.queues.addRun(id);
    await this.queues.addSlices(await this.due.slicesOf(id));
    return { ...run, ...(await this.account(id)) };
  }

  /** Does what a run that failed or was cancelled was to do, with the sync and the connections of now. */
  async retry(id: string): Promise<Run> {
    const run = await this.get(id);
    const { sync, state, active, plan } = run;
    if (active || state === 'succeeded')
      throw new MillraceError(
        'conflict',
        `The run is ${toldState(run)}: only one that failed or was cancelled is tried again.`,
      );
    const { full, window, resend, replay } = plan;
    return this.start(sync, { trigger: 'retry', full, window, resend, replay });
  }

  private async account(run: string): Promise<Account> {
    const sum = emptyAccount();
    const parts = this.collections.slices.find({ run }, { projection: { ledger: 1, effects: 1 } });
    for await (const part of parts) addAccount(sum, part);
    return sum;
  }

  private startedIn(): Run['startedIn'] {
    const { active } = this.traces;
    return active && !active.unsampled ? { trace: active.trace, span: active.span } : undefined;
  }

  private async insert(run: Run): Promise<void> {
    try {
      await this.model.collection.insertOne(run as never);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new MillraceError('run_active', 'A run of this sync is still going on. Wait for its end, or cancel it.', {
        cause: error,
      });
    }
  }
}
