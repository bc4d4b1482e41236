import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import { Vault, plainCollection } from '#platform';
import type { PersonSubject } from '#profiles';
import { privacyRequestModel, type PrivacyRequest } from './request.schema.ts';

export const lease = 60_000;
const sealedFor = 'privacy request';

/** Requests in MongoDB. Whom one concerns is sealed, and forgotten when it is done. */
@Injectable()
export class RequestStore {
  readonly collection: mongo.Collection<PrivacyRequest>;

  constructor(
    @InjectModel(privacyRequestModel) model: Model<PrivacyRequest>,
    private readonly vault: Vault,
  ) {
    this.collection = plainCollection<PrivacyRequest>(model);
  }

  seal(subject: PersonSubject): string {
    return this.vault.seal({ ...subject }, sealedFor);
  }

  unseal({ _id, subject }: PrivacyRequest): PersonSubject {
    if (subject !== undefined) return this.vault.open(subject, sealedFor) as unknown as PersonSubject;
    throw new MillraceError('internal', `Request ${_id} does not say any more whom it concerns.`);
  }

  /** One that is open and due, and that nobody works on; it is ours for a minute. */
  async claim(now: Date): Promise<PrivacyRequest | undefined> {
    const claimed = await this.collection.findOneAndUpdate(
      { open: true, notBefore: { $lte: now }, leaseUntil: { $lte: now } },
      { $set: { leaseUntil: new Date(now.getTime() + lease), state: 'running' }, $inc: { epoch: 1 } },
      { sort: { notBefore: 1 }, returnDocument: 'after' },
    );
    return claimed ?? undefined;
  }

  /** Throws `lease_lost` when another worker has taken over. Keeps the lease unless the update says otherwise. */
  async update(
    { _id, epoch }: Pick<PrivacyRequest, '_id' | 'epoch'>,
    { $set, ...more }: { $set?: object; [operator: string]: object | undefined },
  ): Promise<void> {
    const kept = { leaseUntil: new Date(Date.now() + lease), ...$set };
    const { matchedCount } = await this.collection.updateOne({ _id, epoch }, { $set: kept, ...more });
    if (matchedCount === 0) throw new MillraceError('lease_lost', `Request ${_id} is worked on by somebody else now.`);
  }

  /** Keeps the lease, unless it was given up or another worker has taken over, which the next `update` tells. */
  async renew({ _id, epoch }: Pick<PrivacyRequest, '_id' | 'epoch'>): Promise<void> {
    const leaseUntil = new Date(Date.now() + lease);
    await this.collection.updateOne({ _id, epoch, leaseUntil: { $gt: new Date(0) } }, { $set: { leaseUntil } });
  }

  async require(id: string): Promise<PrivacyRequest> {
    const found = await this.collection.findOne({ _id: id });
    if (found) return found;
    throw new MillraceError(
      'not_found',
      `There is no request ${id.slice(0, 40)}. GET /api/privacy/requests lists them.`,
    );
  }
}
