import type { mongo } from 'mongoose';
import { newId } from '../ids/index.ts';
import { unlessTaken } from '../mongo/index.ts';
import type { Lease } from './lease.schema.ts';

/**
 * Lets one process at a time do what has a name. It saves work and promises nothing: a process that stalled may go on when another one has taken over, so what two do
 * at once must do no harm. Work that must not be counted twice claims its own document (`carryOn`).
 */
export class Leases {
  readonly #holder = newId('lse');

  /** @param term milliseconds after which another process takes over from one that is silent (default 30,000) */
  constructor(
    private readonly leases: mongo.Collection<Lease>,
    private readonly term = 30_000,
  ) {}

  /** Whether this process has it, for another term. */
  take(name: string, now = new Date()): Promise<boolean> {
    const until = new Date(now.getTime() + this.term);
    const impossible = new Date(now.getTime() + 2 * this.term); // of somebody whose clock ran ahead
    const free = {
      _id: name,
      $or: [{ holder: this.#holder }, { until: { $lte: now } }, { until: { $gt: impossible } }],
    };
    return unlessTaken(this.leases.updateOne(free, { $set: { holder: this.#holder, until } }, { upsert: true }));
  }

  /** Gives it back, if it is still this process's. */
  async release(name: string): Promise<void> {
    await this.leases.deleteOne({ _id: name, holder: this.#holder });
  }
}
