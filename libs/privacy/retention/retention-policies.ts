import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import type { KeyHolder } from '#access';
import { listOf, textAfter, type List, plainCollection } from '#platform';
import { OldDocuments, type OldCount } from './old-documents.ts';
import { retentionKindNames, retentionKinds, type RetentionKindName } from './retention-kinds.ts';
import {
  retentionPolicyModel,
  retentionSweepModel,
  type RetentionPolicy,
  type RetentionSweep,
} from './retention-policy.schema.ts';
import { policyView, sweepView, type PolicyView, type SweepView } from './retention-views.ts';

const day = 86_400_000;

/** How long each kind of data is kept. Without a policy nothing is removed. */
@Injectable()
export class RetentionPolicies {
  private readonly policies: mongo.Collection<RetentionPolicy>;
  private readonly done: mongo.Collection<RetentionSweep>;

  constructor(
    @InjectModel(retentionPolicyModel) policies: Model<RetentionPolicy>,
    @InjectModel(retentionSweepModel) sweeps: Model<RetentionSweep>,
    private readonly documents: OldDocuments,
  ) {
    this.policies = plainCollection<RetentionPolicy>(policies);
    this.done = plainCollection<RetentionSweep>(sweeps);
  }

  /** Every kind, with its policy if it has one. */
  async all(): Promise<List<PolicyView>> {
    const stored = new Map((await this.policies.find().toArray()).map((policy) => [policy._id, policy]));
    return { data: retentionKindNames.map((kind) => policyView(kind, stored.get(kind))), next: null };
  }

  async put(
    kind: RetentionKindName,
    { days, enabled }: Pick<RetentionPolicy, 'days' | 'enabled'>,
    updatedBy: KeyHolder,
  ): Promise<PolicyView> {
    const now = new Date();
    const fields = { days, enabled, updatedBy, updatedAt: now, nextSweepAt: now, leaseUntil: now };
    await this.policies.updateOne({ _id: kind }, { $set: fields, $unset: { sweep: '' } }, { upsert: true });
    return policyView(kind, { _id: kind, ...fields });
  }

  /** Throws `not_found`. */
  async remove(kind: RetentionKindName): Promise<void> {
    const { deletedCount } = await this.policies.deleteOne({ _id: kind });
    if (deletedCount === 0) throw new MillraceError('not_found', `${retentionKinds[kind].title} have no policy.`);
  }

  /** What a policy would remove. Removes nothing. */
  count(kind: RetentionKindName, days: number): Promise<OldCount> {
    return this.documents.count(kind, new Date(Date.now() - days * day));
  }

  /** What was removed, newest first. */
  async sweeps(kind: RetentionKindName, { after, limit }: { after?: string; limit: number }): Promise<List<SweepView>> {
    const before = textAfter(after);
    const filter = { kind, ...(before !== undefined && { _id: { $lt: before } }) };
    const found = await this.done.find(filter, { sort: { _id: -1 }, limit: limit + 1 }).toArray();
    return listOf(found, limit, sweepView, ({ _id }) => _id);
  }
}
