import type { mongo } from 'mongoose';
import { newId, unlessTaken } from '#platform';
import type { EvaluatorLease as Stored } from './evaluator-lease.schema.ts';

/** Milliseconds after which another process takes over from one that is silent. */
const term = 30_000;

/** Lets one process at a time evaluate. It saves work; what two do at once does no harm. */
export class EvaluatorLease {
  readonly #holder = newId('evl');

  constructor(private readonly leases: mongo.Collection<Stored>) {}

  /** Whether this process has it, for another term. */
  take(now = new Date()): Promise<boolean> {
    const until = new Date(now.getTime() + term);
    const mine = { _id: 'evaluator' as const, $or: [{ holder: this.#holder }, { until: { $lte: now } }] };
    return unlessTaken(this.leases.updateOne(mine, { $set: { holder: this.#holder, until } }, { upsert: true }));
  }

  async release(): Promise<void> {
    await this.leases.deleteOne({ _id: 'evaluator', holder: this.#holder });
  }
}
