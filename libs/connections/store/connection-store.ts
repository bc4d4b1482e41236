import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { isDuplicate, unlessTaken } from '#platform';
import { connectionModel, type StoredCheck, type StoredConnection, type StoredSignedIn } from './connection.schema.ts';

export interface ConnectionFilter {
  connector?: string;
  label?: string;
  after?: string;
  limit: number;
}

/** What a change was computed from: it is only written when all of them still hold. */
export type SeenRevisions = Pick<StoredConnection, '_id' | 'revision' | 'edition' | 'secretsRevision'>;

export type ConnectionChange = Omit<StoredConnection, '_id' | 'connector' | 'createdAt' | 'check' | 'signedIn'>;

/** Connections in MongoDB. */
@Injectable()
export class ConnectionStore {
  constructor(@InjectModel(connectionModel) private readonly model: Model<StoredConnection>) {}

  /** False when the slug is taken. */
  insert(connection: StoredConnection): Promise<boolean> {
    return unlessTaken(this.model.create(connection));
  }

  /** @param ref an id or a slug */
  async find(ref: string): Promise<StoredConnection | undefined> {
    const filter = ref.startsWith('con_') ? { _id: ref } : { slug: ref };
    return (await this.model.findOne(filter).lean<StoredConnection>()) ?? undefined;
  }

  /** Those of many that are there. */
  async withIds(ids: string[]): Promise<StoredConnection[]> {
    return ids.length === 0 ? [] : this.model.find({ _id: { $in: ids } }).lean<StoredConnection[]>();
  }

  page({ connector, label, after, limit }: ConnectionFilter): Promise<StoredConnection[]> {
    return this.model
      .find({
        ...(connector !== undefined && { connector }),
        ...(label !== undefined && { labels: label }),
        ...(after !== undefined && { _id: { $gt: after } }),
      })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<StoredConnection[]>();
  }

  /** False when somebody else changed the connection meanwhile. Throws `conflict` when its new slug is taken. */
  async change(seen: SeenRevisions, { sealed, ...change }: ConnectionChange): Promise<boolean> {
    const secrets = sealed === undefined ? { $unset: { sealed: 1 as const } } : {};
    const set = { $set: { ...change, ...(sealed !== undefined && { sealed }) } };
    try {
      const { matchedCount } = await this.model.updateOne(revisionsOf(seen), { ...set, ...secrets });
      return matchedCount === 1;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new MillraceError('conflict', `Another connection has the slug "${change.slug}". Choose another one.`, {
        cause: error,
      });
    }
  }

  /** Compare-and-set of the secrets alone; the new `secretsRevision`, or undefined when they were changed meanwhile. */
  async changeSecrets(
    id: string,
    seen: number,
    secrets: { sealed: string; secretsSet: string[] },
  ): Promise<number | undefined> {
    const { matchedCount } = await this.model.updateOne(
      { _id: id, secretsRevision: seen },
      { $set: { ...secrets, secretsRevision: seen + 1, updatedAt: new Date() } },
    );
    return matchedCount === 1 ? seen + 1 : undefined;
  }

  /** Seals the same secrets anew, after a change of the master key. */
  async reseal(id: string, before: string, after: string): Promise<void> {
    await this.model.updateOne({ _id: id, sealed: before }, { $set: { sealed: after } });
  }

  /** What was found with a configuration that is another by now, or before what is noted, is not noted. */
  async noteCheck(id: string, revision: number, check: StoredCheck): Promise<void> {
    await this.model.updateOne({ _id: id, revision, 'check.at': { $not: { $gt: check.at } } }, { $set: { check } });
  }

  /** Likewise. */
  async noteRefusal(id: string, revision: number, { code, message }: MillraceError): Promise<void> {
    await this.model.updateOne(
      { _id: id, revision },
      { $set: { check: { ok: false, code, message, at: new Date() } } },
    );
  }

  /** The credentials were accepted: whatever said that they were refused is over. */
  async forgetRefusal(id: string): Promise<void> {
    await this.model.updateOne({ _id: id, 'check.code': 'authentication_failed' }, { $unset: { check: 1 } });
  }

  async noteSignIn(id: string, signedIn: StoredSignedIn): Promise<void> {
    await this.model.updateOne({ _id: id }, { $set: { signedIn } });
  }

  async remove(id: string): Promise<boolean> {
    return (await this.model.deleteOne({ _id: id })).deletedCount === 1;
  }
}

function revisionsOf({ _id, revision, edition, secretsRevision }: SeenRevisions): object {
  return { _id, revision, edition: edition ?? { $exists: false }, secretsRevision };
}
