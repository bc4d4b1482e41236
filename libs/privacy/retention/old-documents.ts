import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { OldLandedRows } from '#landing';
import { randomDocuments } from '#platform';
import { OldActivity, ProfileHistory } from '#profiles';
import { retentionKinds, type RetentionKindName } from './retention-kinds.ts';

interface Dated {
  _id: string;
  [field: string]: unknown;
}

export interface OldCount {
  /** Documents older than asked for. */
  older: number;
  of: number;
  /** False: told from a sample of 10,000. */
  exact: boolean;
}

const mostCounted = 100_000;
const sampled = 10_000;
const sampledAtOnce = 1_000; // so few that MongoDB need not read all

/** Looks at a collection in the order of its ids: times need no index of their own, which would make every write slower. */
@Injectable()
export class OldDocuments {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly activity: OldActivity,
    private readonly history: ProfileHistory,
    private readonly landed: OldLandedRows,
  ) {}

  async count(kind: RetentionKindName, before: Date): Promise<OldCount> {
    const { time } = retentionKinds[kind];
    const collection = this.collectionOf(kind);
    const of = await collection.estimatedDocumentCount();
    if (of <= mostCounted)
      return { older: await collection.countDocuments({ [time]: { $lt: before } }), of, exact: true };
    let [older, looked] = [0, 0];
    for (let round = 0; round < sampled / sampledAtOnce; round++) {
      const some = await randomDocuments(collection, sampledAtOnce, [{ $project: { [time]: 1 } }]);
      looked += some.length;
      older += some.filter((document) => isBefore(document[time], before)).length;
    }
    return { older: Math.round((older / Math.max(looked, 1)) * of), of, exact: false };
  }

  /** Removes what is older among the next documents; gives how many were looked at and removed, and the last id (absent: that was the end). */
  async removeFrom(
    kind: RetentionKindName,
    before: Date,
    after: string | undefined,
    limit: number,
  ): Promise<{ looked: number; removed: number; last?: string }> {
    const { time } = retentionKinds[kind];
    const collection = this.collectionOf(kind);
    const later = after === undefined ? {} : { _id: { $gt: after } };
    const found = await collection.find(later, { projection: { [time]: 1 }, sort: { _id: 1 }, limit }).toArray();
    const old = found.filter((document) => isBefore(document[time], before));
    const ids = old.map(({ _id }) => _id);
    const removed = ids.length > 0 ? await this.remove(kind, ids, before) : 0;
    const last = found.length === limit ? found.at(-1)?._id : undefined;
    return { looked: found.length, removed, ...(last !== undefined && { last }) };
  }

  private async remove(kind: RetentionKindName, ids: readonly string[], before: Date): Promise<number> {
    if (kind === 'event' || kind === 'order') return this.activity.remove(kind, ids, before);
    if (kind === 'history') return this.history.forgetBefore(before, ids);
    if (kind === 'landedRow') return this.landed.remove(ids, before);
    const old = { _id: { $in: [...ids] }, [retentionKinds[kind].time]: { $lt: before } };
    return (await this.collectionOf(kind).deleteMany(old)).deletedCount;
  }

  private collectionOf(kind: RetentionKindName): mongo.Collection<Dated> {
    return this.connection.collection(retentionKinds[kind].collection) as unknown as mongo.Collection<Dated>;
  }
}

function isBefore(at: unknown, before: Date): boolean {
  return at instanceof Date && at < before;
}
