import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { AuditLog } from '#access';
import { FailureLog, Log, newId, plainCollection, Regularly, Settings } from '#platform';
import { OldDocuments } from './old-documents.ts';
import {
  retentionPolicyModel,
  retentionSweepModel,
  type RetentionPolicy,
  type RetentionSweep,
} from './retention-policy.schema.ts';

const every = 60_000;
const lease = 60_000;
const day = 86_400_000;
const betweenSweeps = day;
const atATime = 1_000;
const pagesATurn = 50;

type Sweep = NonNullable<RetentionPolicy['sweep']>;

/**
 * Removes in the background what is older than its policy allows: page by page, at most 50,000 documents a minute and kind, once a day. Killed at any
 * moment, the sweep goes on where it was; a page that is looked at twice loses nothing more. The lease is renewed with every page, and names who has it.
 */
@Injectable()
export class RetentionSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly policies: mongo.Collection<RetentionPolicy>;
  private readonly sweeps: mongo.Collection<RetentionSweep>;
  private sweeping?: Regularly;
  private ending = false;

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
      new FailureLog(this.log, 'old data could not be removed; it is tried again').tell,
    );
  }

  /** Ends behind the page that is under way. */
  async onApplicationShutdown(): Promise<void> {
    this.ending = true;
    await this.sweeping?.end();
  }

  /** A turn of every policy that is due. */
  async sweep(): Promise<void> {
    const due = await this.policies.find({ enabled: true, nextSweepAt: { $lte: new Date() } }).toArray();
    for (const { _id } of due) {
      const policy = this.ending ? undefined : await this.claim(_id);
      if (policy) await this.turn(policy);
    }
  }

  private claim(_id: RetentionPolicy['_id']): Promise<RetentionPolicy | null> {
    const now = new Date();
    return this.policies.findOneAndUpdate(
      { _id, enabled: true, nextSweepAt: { $lte: now }, leaseUntil: { $lte: now } },
      { $set: { leaseUntil: leaseFrom(now) } },
      { returnDocument: 'after' },
    );
  }

  private async turn(claimed: RetentionPolicy): Promise<void> {
    let policy: RetentionPolicy | null = claimed;
    for (let page = 0; page < pagesATurn && !this.ending; page++) {
      const sweep: Sweep = policy.sweep ?? begun(policy);
      const { looked, removed, last } = await this.documents.removeFrom(policy._id, sweep.before, sweep.after, atATime);
      const done = { ...sweep, after: last, looked: sweep.looked + looked, removed: sweep.removed + removed };
      if (last === undefined) return this.finish(policy, done);
      policy = await this.save(policy, { $set: { sweep: done, leaseUntil: leaseFrom(new Date()) } });
      if (!policy) return;
    }
    await this.save(policy, { $set: { leaseUntil: new Date() } });
  }

  private async finish(policy: RetentionPolicy, { id, startedAt, before, looked, removed }: Sweep): Promise<void> {
    const { _id: kind, days, updatedBy } = policy;
    const endedAt = new Date();
    const report = { kind, days, before, startedAt, endedAt, looked, removed };
    // Whoever looks at the last page once more has less to tell.
    const { upsertedCount } = await this.sweeps.updateOne({ _id: id }, { $setOnInsert: report }, { upsert: true });
    if (upsertedCount > 0 && removed > 0)
      await this.audit.note(updatedBy, 'SWEPT', `/api/privacy/retention/${kind}/sweeps/${id}`);
    const nextSweepAt = new Date(endedAt.getTime() + betweenSweeps);
    await this.save(policy, { $set: { nextSweepAt, leaseUntil: endedAt }, $unset: { sweep: '' } });
  }

  /** Null: somebody has changed the policy, which begins anew then, or has taken over from this process, which was silent for too long. */
  private save(
    { _id, updatedAt, leaseUntil }: RetentionPolicy,
    changes: mongo.UpdateFilter<RetentionPolicy>,
  ): Promise<RetentionPolicy | null> {
    return this.policies.findOneAndUpdate({ _id, updatedAt, leaseUntil }, changes, { returnDocument: 'after' });
  }
}

function begun({ days }: RetentionPolicy): Sweep {
  const startedAt = new Date();
  return { id: newId('swp'), startedAt, before: new Date(startedAt.getTime() - days * day), looked: 0, removed: 0 };
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + lease);
}
