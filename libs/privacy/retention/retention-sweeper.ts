import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { messageOf } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import { AuditLog } from '#access';
import { Log, newId, Regularly, Settings, plainCollection } from '#platform';
import { OldDocuments } from './old-documents.ts';
import {
  retentionPolicyModel,
  retentionSweepModel,
  type RetentionPolicy,
  type RetentionSweep,
} from './retention-policy.schema.ts';

const every = 60_000;
const lease = 60_000;
const betweenSweeps = 86_400_000;
const atATime = 1_000;
const pagesATurn = 50;

/**
 * Removes in the background what is older than its policy allows: page by page, at most 50,000 documents a minute and kind, once a day. Killed at any
 * moment, the sweep goes on where it was; a page that is looked at twice loses nothing more.
 */
@Injectable()
export class RetentionSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly policies: mongo.Collection<RetentionPolicy>;
  private readonly sweeps: mongo.Collection<RetentionSweep>;
  private sweeping?: Regularly;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly documents: OldDocuments,
    private readonly audit: AuditLog,
    @InjectModel(retentionPolicyModel) policies: Model<RetentionPolicy>,
    @InjectModel(retentionSweepModel) sweeps: Model<RetentionSweep>,
  ) {
    this.policies = plainCollection<RetentionPolicy>(policies);
    this.sweeps = plainCollection<RetentionSweep>(sweeps);
  }

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    this.sweeping = new Regularly(
      every,
      () => this.sweep(),
      (error) => this.log.warn({ error: messageOf(error) }, 'old data could not be removed; it is tried again'),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeping?.end();
  }

  /** A turn of every policy that is due. */
  async sweep(now = new Date()): Promise<void> {
    const due = await this.policies.find({ enabled: true, nextSweepAt: { $lte: now } }).toArray();
    for (const { _id } of due) {
      const policy = await this.policies.findOneAndUpdate(
        { _id, enabled: true, nextSweepAt: { $lte: now }, leaseUntil: { $lte: now } },
        { $set: { leaseUntil: new Date(now.getTime() + lease) } },
        { returnDocument: 'after' },
      );
      if (policy) await this.turn(policy, now);
    }
  }

  private async turn(policy: RetentionPolicy, now: Date): Promise<void> {
    const { _id: kind, days, updatedAt } = policy;
    const mine = { _id: kind, updatedAt }; // a policy that somebody changes meanwhile begins anew
    const before = new Date(now.getTime() - days * 86_400_000);
    let sweep = policy.sweep ?? { id: newId('swp'), startedAt: now, before, looked: 0, removed: 0 };
    for (let page = 0; page < pagesATurn; page++) {
      const { looked, removed, last } = await this.documents.removeFrom(kind, sweep.before, sweep.after, atATime);
      sweep = { ...sweep, after: last, looked: sweep.looked + looked, removed: sweep.removed + removed };
      if (last === undefined) return this.finish(policy, sweep, now);
      const { matchedCount } = await this.policies.updateOne(mine, { $set: { sweep } });
      if (matchedCount === 0) return;
    }
    await this.policies.updateOne(mine, { $set: { leaseUntil: now } });
  }

  private async finish(
    { _id: kind, days, updatedAt, updatedBy }: RetentionPolicy,
    { id, startedAt, before, looked, removed }: NonNullable<RetentionPolicy['sweep']>,
    endedAt: Date,
  ): Promise<void> {
    const report = { kind, days, before, startedAt, endedAt, looked, removed };
    await this.sweeps.updateOne({ _id: id }, { $set: report }, { upsert: true });
    if (removed > 0) await this.audit.note(updatedBy, 'SWEPT', `/api/privacy/retention/${kind}/sweeps/${id}`);
    const nextSweepAt = new Date(endedAt.getTime() + betweenSweeps);
    await this.policies.updateOne(
      { _id: kind, updatedAt },
      { $set: { nextSweepAt, leaseUntil: endedAt }, $unset: { sweep: '' } },
    );
  }
}
