import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { lostRace, newId, type Revision } from '#platform';
import { ProfileSettings, settled, type SourcePriorities } from '../settings/index.ts';
import { nativeCollection, type Collection } from '../store/index.ts';
import { refoldModel, type StoredRefold } from './refold.schema.ts';

/** Which refolds there are. */
@Injectable()
export class Refolds {
  readonly collection: Collection<StoredRefold>;

  constructor(
    @InjectModel(refoldModel) model: Model<StoredRefold>,
    private readonly settings: ProfileSettings,
  ) {
    this.collection = nativeCollection<StoredRefold>(model);
  }

  /** Sets the sources' priorities, and has what is kept beside the parts folded anew. The same ones again change nothing. */
  async setPriorities(
    priorities: SourcePriorities,
    by: string,
    expected?: number,
  ): Promise<Revision<SourcePriorities>> {
    const { after } = await this.settings.sourcePriorities.set(priorities, by, expected);
    this.settings.forget();
    await this.ensure();
    return after;
  }

  /** Opens what the latest settings still need: whoever set them may have died before. */
  async ensure(): Promise<void> {
    const [priorities, policy] = await Promise.all([
      this.settings.sourcePriorities.latest(),
      this.settings.identityPolicy.latest(),
    ]);
    const [folded, read] = await Promise.all([this.lastOf('priorities'), this.lastOf('identities')]);
    if ((folded?.revision ?? 0) < priorities.revision)
      await this.insert({
        ...following('priorities', priorities),
        before: folded?.after ?? {},
        after: priorities.value,
      });
    if ((read?.revision ?? 0) < policy.revision) await this.insert(following('identities', policy));
  }

  /** Opens the removal of what a connection said; the one that is open already where there is one. */
  async remove(connection: string, by: string): Promise<StoredRefold> {
    const refold = { ...opened(newId('rfd'), 'removal', by, new Date()), connection };
    if (await this.insert(refold)) return refold;
    const open = await this.collection.findOne({ connection, kind: 'removal', state: 'open' });
    return open ?? this.remove(connection, by);
  }

  /** The last removal of what a connection said, whatever became of it. */
  lastRemoval(connection: string): Promise<StoredRefold | null> {
    return this.collection.findOne({ connection, kind: 'removal' }, { sort: { createdAt: -1 } });
  }

  /** Throws `not_found`. */
  async get(id: string): Promise<StoredRefold> {
    const refold = await this.collection.findOne({ _id: id });
    if (refold) return refold;
    throw new MillraceError('not_found', 'There is no refold with this id. GET /api/refolds lists them.');
  }

  /** Newest first. */
  async list(limit: number, after?: { at: Date; id: string }): Promise<StoredRefold[]> {
    const older = after && {
      createdAt: { $lte: after.at },
      $or: [{ createdAt: { $lt: after.at } }, { createdAt: after.at, _id: { $lt: after.id } }],
    };
    return this.collection.find(older ?? {}, { sort: { createdAt: -1, _id: -1 }, limit }).toArray();
  }

  private async lastOf(kind: StoredRefold['kind']): Promise<StoredRefold | null> {
    return this.collection.findOne({ kind, revision: { $exists: true } }, { sort: { revision: -1 } });
  }

  private async insert(refold: StoredRefold): Promise<boolean> {
    try {
      await this.collection.insertOne(refold);
      return true;
    } catch (error) {
      if (lostRace(error)) return false;
      throw error;
    }
  }
}

export function opened(_id: string, kind: StoredRefold['kind'], by: string, notBefore: Date): StoredRefold {
  return { _id, kind, state: 'open', read: 0, changed: 0, epoch: 0, notBefore, createdAt: new Date(), by };
}

/** What has to follow a revision, once every writer goes by it. */
function following(
  kind: StoredRefold['kind'],
  { revision, at = new Date(), by = '' }: Revision<unknown>,
): StoredRefold {
  return { ...opened(`${kind}-${revision}`, kind, by, new Date(at.getTime() + settled)), revision };
}
