import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Schema } from 'mongoose';
import type { Model } from 'mongoose';
import { newId, unlessTaken } from '#platform';
import { nativeCollection, type Collection } from '../store/index.ts';

/** Milliseconds after which another process takes over from one that is silent. */
const term = 30_000;

/** Which process does a chore. */
export interface ChoreLease {
  /** The chore's name. */
  _id: string;
  holder: string;
  until: Date;
}

export const choreLeaseModel = 'ChoreLease';

export const choreLeaseSchema = new Schema<ChoreLease>(
  { _id: String, holder: { type: String, required: true }, until: { type: Date, required: true } },
  { collection: 'chore_leases', versionKey: false },
);

/** Lets one process at a time do a chore. It saves work; what two do at once does no harm. */
@Injectable()
export class ChoreLeases {
  readonly #holder = newId('upk');
  readonly #leases: Collection<ChoreLease>;

  constructor(@InjectModel(choreLeaseModel) leases: Model<ChoreLease>) {
    this.#leases = nativeCollection<ChoreLease>(leases);
  }

  /** Whether this process has it, for another term. */
  take(chore: string, now = new Date()): Promise<boolean> {
    const until = new Date(now.getTime() + term);
    const free = { _id: chore, $or: [{ holder: this.#holder }, { until: { $lte: now } }] };
    return unlessTaken(this.#leases.updateOne(free, { $set: { holder: this.#holder, until } }, { upsert: true }));
  }

  async release(chore: string): Promise<void> {
    await this.#leases.deleteOne({ _id: chore, holder: this.#holder });
  }
}
