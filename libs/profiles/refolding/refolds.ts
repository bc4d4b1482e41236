import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { lostRace, newId } from '#platform';
import { ProfileSettings, type Revision, type SourcePriorities } from '../settings/index.ts';
import { nativeCollection, type Collection } from '../store/index.ts';
import { refoldModel, type StoredRefold } from './refold.schema.ts';

/** Milliseconds after which no writer goes by the former priorities any more: they are read anew every two seconds, and a page takes a moment. */
const settled = 30_000;

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

  /** Opens the refold of the latest priorities, should it be missing: whoever set them may have died before. */
  async ensure(): Promise<void> {
    const latest = await this.settings.sourcePriorities.latest();
    if (latest.revision === 0) return;
    const last = await this.collection.findOne({ revision: { $exists: true } }, { sort: { revision: -1 } });
    if ((last?.revision ?? 0) >= latest.revision) return;
    const at = latest.at ?? new Date();
    await this.insert({
      ...opened(`priorities-${latest.revision}`, 'priorities', latest.by ?? '', new Date(at.getTime() + settled)),
      revision: latest.revision,
      before: last?.after ?? {},
      after: latest.value,
    });
  }

  /** Opens the removal of what a connection said; the one that is open already where there is one. */
  async remove(connection: string, by: string): Promise<StoredRefold> {
    const refold = { ...opened(newId('rfd'), 'removal', by, new Date()), connection };
    if (await this.insert(refold)) return refold;
    const open = await this.collection.findOne({ connection, kind: 'removal', state: 'open' });
    return open ?? this.remove(connection, by);
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

function opened(_id: string, kind: StoredRefold['kind'], by: string, notBefore: Date): StoredRefold {
  return { _id, kind, state: 'open', read: 0, changed: 0, epoch: 0, notBefore, createdAt: new Date(), by };
}
