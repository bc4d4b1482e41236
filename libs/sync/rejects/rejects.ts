import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { contentHash, hashText, identityHashesIn, Signer } from '#platform';
import type { RefusedRow } from '../engine/row-mapper.ts';
import type { Reject } from './reject.schema.ts';

const maxRawBytes = 100_000;

/** Keeps refused rows: nothing is silently dropped. */
@Injectable()
export class Rejects {
  constructor(
    @InjectModel('Reject') private readonly model: Model<Reject>,
    private readonly signer: Signer,
  ) {}

  /** A row that was kept already (a page read again) is kept once. `seq` is the place of the page's first row within the run. */
  async keep(run: { _id: string; sync: string }, slice: string, seq: number, refused: RefusedRow[]): Promise<void> {
    if (refused.length === 0) return;
    const at = new Date();
    await this.model.collection.bulkWrite(
      refused.map((row) => {
        const _id = hashText(`${slice}/${row.position ?? contentHash(row.raw)}`);
        const { code, message, position } = row;
        const raw = JSON.stringify(row.raw) ?? 'null';
        const reject = {
          run: run._id,
          sync: run.sync,
          slice,
          seq: seq + row.index,
          position,
          code,
          message,
          raw: raw.slice(0, maxRawBytes),
          identities: identityHashesIn(raw.slice(0, maxRawBytes), this.signer),
          at,
        };
        return { updateOne: { filter: { _id }, update: { $setOnInsert: reject }, upsert: true } };
      }) as never,
      { ordered: false },
    );
  }

  /** The rejects of a run, as they were read; `after` is the `seq` of the last one of the former page. */
  async list(run: string, { after, limit }: { after?: number; limit: number }): Promise<Reject[]> {
    return this.model
      .find({ run, ...(after !== undefined && { seq: { $gt: after } }) }, undefined, { sort: { seq: 1 }, limit })
      .lean<Reject[]>();
  }
}
