import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { shareModel, type StoredShare } from './share.schema.ts';

/** Shared mails in MongoDB. Once they have expired, MongoDB itself forgets them. */
@Injectable()
export class ShareStore {
  constructor(@InjectModel(shareModel) private readonly model: Model<StoredShare>) {}

  async add(share: StoredShare): Promise<void> {
    await this.model.create(share);
  }

  async find(_id: string): Promise<StoredShare | undefined> {
    return (await this.model.findOne({ _id }).lean<StoredShare>()) ?? undefined;
  }

  /** Newest first, without the mails. */
  page(template: string | undefined, before: string | undefined, limit: number): Promise<StoredShare[]> {
    const filter = {
      ...(template !== undefined && { 'template.id': template }),
      ...(before !== undefined && { _id: { $lt: before } }),
      expiresAt: { $gt: new Date() },
    };
    return this.model.find(filter, { mail: 0 }).sort({ _id: -1 }).limit(limit).lean<StoredShare[]>();
  }

  /** False when there is none. Revoking again changes nothing. */
  async revoke(_id: string): Promise<boolean> {
    await this.model.updateOne(
      { _id, revokedAt: { $exists: false } },
      { $set: { revokedAt: new Date() }, $unset: { mail: 1, profile: 1 } },
    );
    return (await this.model.countDocuments({ _id })) === 1;
  }

  /** Of people: what links show their mails; oldest first. */
  ofPeople(profiles: readonly string[]): AsyncIterable<StoredShare> {
    const theirs = { profile: { $in: [...profiles] } };
    return this.model.find(theirs).sort({ _id: 1 }).lean<StoredShare[]>().cursor();
  }

  /** Of people who are erased: what their links showed. Gives how many there were. */
  async forget(profiles: readonly string[]): Promise<number> {
    const { modifiedCount } = await this.model.updateMany(
      { profile: { $in: [...profiles] } },
      { $set: { erasedAt: new Date() }, $unset: { mail: 1, profile: 1 } },
    );
    return modifiedCount;
  }
}
