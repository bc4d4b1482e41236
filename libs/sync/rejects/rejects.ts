import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';
import { contentHash, hashText, identityHashesIn, Signer } from '#platform';
import type { RefusedRow } from '../engine/row-mapper.ts';
import type { Replay, Run } from '../runs/run.schema.ts';
import type { Reject } from './reject.schema.ts';

const maxRawBytes = 100_000;

export interface RejectQuery {
  sync?: string;
  run?: string;
  code?: ErrorCode;
  since?: Date;
  /** An e-mail address that is in the original. */
  email?: string;
  /** Only those that were not mapped again. */
  open?: boolean;
  /** The last one of the former page; newest first. */
  after?: Pick<Reject, 'at' | '_id'>;
  limit: number;
}

/** Keeps refused rows: nothing is silently dropped. */
@Injectable()
export class Rejects {
  private readonly collection: Collection<Reject>;

  constructor(
    @InjectModel('Reject') model: Model<Reject>,
    private readonly signer: Signer,
  ) {
    this.collection = model.collection as unknown as Collection<Reject>;
  }

  /** A row that was kept already (a page read again) is kept once. `seq` is the place of the page's first row within the run. */
  async keep(
    { _id: run, sync, until: readAt }: Pick<Run, '_id' | 'sync' | 'until'>,
    slice: string,
    seq: number,
    refused: RefusedRow[],
  ): Promise<void> {
    if (refused.length === 0) return;
    const at = new Date();
    await this.collection.bulkWrite(
      refused.map(({ raw: original, index, position, key, code, message }) => {
        const whole = JSON.stringify(original) ?? 'null';
        const raw = whole.slice(0, maxRawBytes);
        const identities = identityHashesIn(raw, this.signer);
        const replayable = whole.length <= maxRawBytes && typeof original === 'object' && original !== null;
        const told = { run, sync, slice, seq: seq + index, position, key, code, message };
        return {
          updateOne: {
            filter: { _id: hashText(`${slice}/${position ?? contentHash(original)}`) },
            update: { $setOnInsert: { ...told, raw, replayable, identities, readAt, at } },
            upsert: true,
          },
        };
      }),
      { ordered: false, ignoreUndefined: true },
    );
  }

  /** The rejects of a run, as they were read; `after` is the `seq` of the last one of the former page. */
  list(run: string, { after, limit }: { after?: number; limit: number }): Promise<Reject[]> {
    const filter = { run, ...(after !== undefined && { seq: { $gt: after } }) };
    return this.collection.find(filter, { sort: { seq: 1 }, limit }).toArray();
  }

  /** Newest first. */
  search({ sync, run, code, since, email, open, after, limit }: RejectQuery): Promise<Reject[]> {
    const filter: Filter<Reject> = {
      ...(sync && { sync }),
      ...(run && { run }),
      ...(code && { code }),
      ...(since && { at: { $gte: since } }),
      ...(email && { identities: this.signer.hmac('identity', `email:${email.trim().toLowerCase()}`) }),
      ...(open && { replayedIn: { $exists: false } }),
      ...(after && { $or: [{ at: { $lt: after.at } }, { at: after.at, _id: { $lt: after._id } }] }),
    };
    return this.collection.find(filter, { sort: { at: -1, _id: -1 }, limit }).toArray();
  }

  /** The syncs of some rejects. */
  syncsOf(ids: string[]): Promise<string[]> {
    return this.collection.distinct('sync', { _id: { $in: ids } });
  }

  /** What is to be mapped again, in the order of `_id`. */
  toReplay(run: ReplayRun, { after, limit }: { after?: string; limit: number }): Promise<Reject[]> {
    const later = after === undefined ? {} : { _id: { $gt: after } };
    return this.collection.find({ $and: [chosen(run), later] }, { sort: { _id: 1 }, limit }).toArray();
  }

  countToReplay(run: ReplayRun): Promise<number> {
    return this.collection.countDocuments(chosen(run));
  }

  /** After all of them were mapped again: what came of each is told by the run now. */
  async replayed(run: ReplayRun): Promise<void> {
    await this.collection.updateMany(chosen(run), { $set: { replayedIn: run._id } });
  }
}

type ReplayRun = Pick<Run, '_id' | 'sync' | 'until'> & { plan: { replay?: Replay } };

/** The same however often it is asked while the run goes on: what the run itself refuses comes later than its beginning. */
function chosen({ sync, until, plan }: ReplayRun): Filter<Reject> {
  const { run, code, ids } = plan.replay ?? {};
  return {
    sync,
    replayable: true,
    replayedIn: { $exists: false },
    at: { $lte: until },
    ...(run && { run }),
    ...(code && { code }),
    ...(ids && { _id: { $in: ids } }),
  };
}
