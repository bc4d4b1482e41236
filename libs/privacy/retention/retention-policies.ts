import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import type { KeyHolder } from '#access';
import {
  againIfOvertaken,
  listOf,
  Overtaken,
  plainCollection,
  putRevision,
  refuseStale,
  revisionOf,
  textAfter,
  type List,
  type Putting,
  type Removing,
} from '#platform';
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

type Wanted = Pick<RetentionPolicy, 'days' | 'enabled'>;

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

  /** One kind, with its policy if it has one. */
  async get(kind: RetentionKindName): Promise<PolicyView> {
    return policyView(kind, await this.find(kind));
  }

  /** The same again changes nothing. Throws `conflict`. */
  put(
    kind: RetentionKindName,
    wanted: Wanted,
    updatedBy: KeyHolder,
    { madeFrom }: Pick<Putting, 'madeFrom'> = {},
  ): Promise<{ policy: PolicyView; created: boolean }> {
    return againIfOvertaken(() => this.putOnce(kind, wanted, updatedBy, madeFrom));
  }

  /** Throws what `put` would throw; stores nothing. */
  async rehearsePut(kind: RetentionKindName, { madeFrom }: Pick<Putting, 'madeFrom'> = {}): Promise<void> {
    refuseStale('policy', await this.get(kind), madeFrom);
  }

  /** Throws `not_found`. */
  async remove(kind: RetentionKindName, { rehearse = false }: Pick<Removing, 'rehearse'> = {}): Promise<void> {
    const removed = rehearse
      ? await this.policies.countDocuments({ _id: kind })
      : (await this.policies.deleteOne({ _id: kind })).deletedCount;
    if (removed === 0) throw new MillraceError('not_found', `${retentionKinds[kind].title} have no policy.`);
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

  private async find(kind: RetentionKindName): Promise<RetentionPolicy | undefined> {
    return (await this.policies.findOne({ _id: kind })) ?? undefined;
  }

  private async putOnce(
    kind: RetentionKindName,
    { days, enabled }: Wanted,
    updatedBy: KeyHolder,
    madeFrom: number | undefined,
  ): Promise<{ policy: PolicyView; created: boolean }> {
    const present = await this.find(kind);
    const seen = present ? revisionOf(present) : 0;
    refuseStale('policy', { revision: seen }, madeFrom);
    if (present?.days === days && present.enabled === enabled)
      return { policy: policyView(kind, present), created: false };
    const now = new Date();
    const said = { days, enabled, revision: seen + 1, updatedBy, updatedAt: now };
    const next: RetentionPolicy = { _id: kind, ...said, nextSweepAt: now, leaseUntil: now };
    if (await putRevision(this.policies, next, seen)) return { policy: policyView(kind, next), created: !present };
    throw new Overtaken('Somebody else changed this policy meanwhile: read it again, then change it.');
  }
}
