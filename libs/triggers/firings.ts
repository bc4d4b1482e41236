import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { mongo } from 'mongoose';
import { TriggerCollections, TriggerHealths, type FiringState, type StoredFiring } from './store/index.ts';

export interface FiringQuery {
  state?: FiringState;
  /** Id of a profile. */
  profile?: string;
  after?: { at: Date; id: string };
  limit: number;
}

const retriable: FiringState[] = ['failed', 'held', 'skipped'];

/** What triggers did, and were to do. */
@Injectable()
export class Firings {
  constructor(
    private readonly collections: TriggerCollections,
    private readonly healths: TriggerHealths,
  ) {}

  /** Newest first. */
  list(trigger: string, { state, profile, after, limit }: FiringQuery): Promise<StoredFiring[]> {
    const beyond = after && {
      createdAt: { $lte: after.at },
      $or: [{ createdAt: { $lt: after.at } }, { createdAt: after.at, _id: { $lt: after.id } }],
    };
    const filter: mongo.Filter<StoredFiring> = {
      trigger,
      ...(state && { state }),
      ...(profile !== undefined && { p: profile }),
      ...beyond,
    };
    return this.collections.firings.find(filter, { sort: { createdAt: -1, _id: -1 }, limit }).toArray();
  }

  /** Has it tried once more, under the same id. Throws `not_found`, `conflict`. */
  async retry(trigger: string, id: string): Promise<StoredFiring> {
    // First, so that what fails again at once stays noted.
    for (const state of ['failed', 'held'] as const) await this.healths.retried(trigger, state, id);
    const again = await this.collections.firings.findOneAndUpdate(
      { _id: id, trigger, state: { $in: retriable } },
      onceMore(),
      { returnDocument: 'after' },
    );
    if (again) return again;
    const firing = await this.collections.firings.findOne({ _id: id, trigger });
    if (!firing) throw new MillraceError('not_found', `Trigger "${trigger}" has no firing "${id}".`);
    throw new MillraceError(
      'conflict',
      `The firing is ${firing.state}: only one that failed, was held or skipped is retried.`,
    );
  }

  /** All that failed, or were held. Gives how many. */
  async retryAll(trigger: string, state: 'failed' | 'held'): Promise<number> {
    await this.healths.retried(trigger, state); // first, as above
    return (await this.collections.firings.updateMany({ trigger, state }, onceMore())).modifiedCount;
  }
}

/** From now on it has as much patience as a new one. */
function onceMore(): mongo.UpdateFilter<StoredFiring> {
  const now = new Date();
  return {
    $set: { state: 'pending', dueAt: now, readyAt: now, attempts: 0 },
    $unset: { settledAt: '', code: '', reason: '' },
  };
}
