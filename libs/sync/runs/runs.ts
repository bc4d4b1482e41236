import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { Catalog } from '#catalog';
import { Connections } from '#connections';
import { newId } from '#platform';
import { Collections } from '../collections.ts';
import { RunObservers } from '../engine/run-observers.ts';
import { Drift } from '../drift/drift.ts';
import { isSubscription } from '../engine/subscription-slices.ts';
import { WorkQueues } from '../queues/work-queues.ts';
import type { Sync } from '../syncs/sync.schema.ts';
import { addAccount, emptyAccount, type Account } from './ledger.ts';
import type { Run, RunPlan, RunState, RunTrigger } from './run.schema.ts';

export interface RunQuery {
  sync?: string;
  state?: RunState;
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
    private readonly catalog: Catalog,
    private readonly connections: Connections,
    private readonly queues: WorkQueues,
    private readonly observers: RunObservers,
    private readonly drift: Drift,
    @InjectModel('Run') private readonly model: Model<Run>,
  ) {}

  /** Makes a run of what the sync says now. Throws `run_active` while another one is going on. */
  async start(syncId: string, by: { trigger: RunTrigger; scheduledFor?: Date }): Promise<Run> {
    const sync = await this.collections.syncs.findOne({ _id: syncId });
    if (!sync) throw new MillraceError('not_found', `There is no sync ${syncId}. GET /api/syncs lists them.`);
    if (sync.read === 'stream' && sync.paused)
      throw new MillraceError(
        'conflict',
        'The sync is paused. PATCH it with { "paused": false }: it goes on by itself.',
      );
    const now = new Date();
    const run: Run = {
      _id: newId('run'),
      sync: sync._id,
      active: true,
      state: 'queued',
      ...by,
      plan: await this.plan(sync),
      until: now,
      epoch: 0,
      attempts: 0,
      ...emptyAccount(),
      detailed: true,
      createdAt: now,
    };
    await this.insert(run);
    this.observers.note(run._id, { level: 'info', message: `The run was made (trigger: ${by.trigger}).` });
    await this.queues.addRun(run._id);
    return run;
  }

  async get(id: string): Promise<Run> {
    const run = await this.collections.runs.findOne({ _id: id });
    if (!run) throw new MillraceError('not_found', `There is no run ${id}. GET /api/runs lists them.`);
    return run.active ? { ...run, ...(await this.account(id)) } : run;
  }

  async list({ sync, state, since, after, limit }: RunQuery): Promise<Run[]> {
    const filter: Filter<Run> = {
      ...(sync && { sync }),
      ...(state && { state }),
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
    if (isSubscription(run)) await this.collections.syncs.updateOne({ _id: run.sync }, { $set: { paused: true } });
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
        `Run ${id} is ${(await this.get(id)).state}: only a held run waits for approval.`,
      );
    this.observers.note(id, { level: 'info', message: 'Somebody approved what the run was held for; it goes on.' });
    await this.queues.addRun(id);
    return run;
  }

  private async account(run: string): Promise<Account> {
    const sum = emptyAccount();
    const parts = this.collections.slices.find({ run }, { projection: { ledger: 1, effects: 1 } });
    for await (const part of parts) addAccount(sum, part);
    return sum;
  }

  private async plan(sync: Sync): Promise<RunPlan> {
    const from = await this.usable(sync.from.connection);
    const to = await this.usable(sync.to.connection);
    return {
      from: { ...sync.from, connection: from.id },
      to: { ...sync.to, connection: to.id },
      read: sync.read,
      mode: sync.mode,
      delivery: sync.delivery,
      drift: sync.drift,
      ...(sync.outputs && { outputs: sync.outputs }),
      ...(sync.filter && { filter: sync.filter }),
      ...(sync.read === 'stream' && { consumers: sync.consumers ?? 1 }),
      ...(sync.read !== 'full' && sync.startsFrom !== undefined && { startsFrom: sync.startsFrom }),
      syncRevision: sync.revision,
      fromConnector: from.connector,
      fromRevision: from.revision,
      fromVersion: from.version,
      toConnector: to.connector,
      toRevision: to.revision,
      toVersion: to.version,
    };
  }

  private async usable(
    connection: string,
  ): Promise<{ id: string; connector: string; revision: number; version: string }> {
    const { id, revision, connector } = await this.connections.summary(connection);
    return { id, connector, revision, version: this.catalog.require(connector).connector.version };
  }

  private async insert(run: Run): Promise<void> {
    try {
      await this.model.collection.insertOne(run as never);
    } catch (error) {
      if ((error as { code?: number }).code !== 11000) throw error;
      throw new MillraceError('run_active', 'A run of this sync is still going on. Wait for its end, or cancel it.', {
        cause: error,
      });
    }
  }
}
