import type { mongo } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { isResting, type Run, type WantedSubscriber } from '../../runs/run.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import { emptyLedger } from '../../runs/ledger.ts';
import { cancelCheck, stopGrace, type Patience } from '../timing.ts';

export interface SliceUpdate {
  $set?: Record<string, unknown>;
  $unset?: Record<string, ''>;
  $inc?: Record<string, number>;
  $push?: Record<string, { $each: string[] }>;
  $pull?: Record<string, string>;
}

export interface SliceLeaseOptions {
  slices: mongo.Collection<SliceDocument>;
  runs: mongo.Collection<Run>;
  /** Names this process in the slice's document. */
  worker: string;
  patience: Patience;
  /** The process is about to stop: aborted work goes on elsewhere. */
  stopping: AbortSignal;
}

/**
 * The right to work on a slice: an epoch and a time. Every commit names the epoch, so a worker that lost its lease can write nothing.
 */
export class SliceLease {
  private heldUntil: number;
  /** The run waits for an operator: nobody should begin another page. */
  isRunHeld = false;
  /** Another process asks for the slice: only endless streams heed it. */
  wanted?: WantedSubscriber;
  private movedAt = Date.now();
  private ended = false;
  private timers: NodeJS.Timeout[] = [];
  private readonly abort = new AbortController();
  private readonly close = new AbortController();

  private constructor(
    readonly slice: SliceDocument,
    private readonly options: SliceLeaseOptions,
  ) {
    this.heldUntil = slice.leaseUntil?.getTime() ?? 0;
  }

  /** Takes a slice that waits, or whose worker has gone silent; `undefined` when there is nothing to take. */
  static async claim(id: string, options: SliceLeaseOptions): Promise<SliceLease | undefined> {
    const { slices, worker, patience } = options;
    const now = new Date();
    const until = new Date(now.getTime() + patience.lease);
    const free = [
      { state: 'pending' as const, notBefore: { $not: { $gt: now } } },
      { state: 'pending' as const, promisedTo: worker },
      { state: 'working' as const, leaseUntil: { $lt: now } },
    ];
    const slice = await slices.findOneAndUpdate(
      { _id: id, $or: free },
      [{ $set: { ...claimed, worker: { $literal: worker }, leaseUntil: until, updatedAt: now } }, endPromise],
      { returnDocument: 'after' },
    );
    if (!slice) return undefined;
    const held = new SliceLease(slice, options);
    // Without a place to go on, the slice is read again from its start: its counts start again, too.
    if (slice.resume === undefined && !slice.lanes && !slice.readThrough && slice.ledger.read > 0) {
      Object.assign(slice, { ledger: emptyLedger(), effects: {}, batches: [], cursor: undefined, stray: undefined });
      const { ledger, effects, batches } = slice;
      await held.update({ $set: { ledger, effects, batches }, $unset: { cursor: '', stray: '' } });
    }
    return held;
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Aborts when the run is to be closed: only endless streams are told. */
  get closing(): AbortSignal {
    return this.close.signal;
  }

  /** Whether the work was broken off because this process stops. */
  get handedOver(): boolean {
    return this.abort.signal.aborted && this.abort.signal.reason === stopped;
  }

  /** Renews the lease until `release`. The signal aborts when it was lost, the run is to be cancelled, nothing moves, or the process stops. */
  keep(onError: (error: unknown) => void): void {
    const { lease } = this.options.patience;
    this.timers = [
      setInterval(() => void this.renew().catch(onError), lease / 3),
      setInterval(() => void this.heedCancel().catch(onError), cancelCheck),
      setInterval(() => this.heedStall(), cancelCheck),
    ];
    const { stopping } = this.options;
    if (stopping.aborted) this.handOverSoon();
    else stopping.addEventListener('abort', this.handOverSoon, { once: true });
  }

  /** Throws when the lease has run out: nothing may be written any more. Otherwise the work is alive: it is asked before each batch. */
  readonly permit = (): void => {
    this.abort.signal.throwIfAborted();
    if (!this.ended && Date.now() < this.heldUntil) {
      this.moves();
      return;
    }
    this.lose();
    this.abort.signal.throwIfAborted();
  };

  /** A change of the slice's document under this lease; throws `lease_lost` when another worker has the slice. */
  async update(change: SliceUpdate): Promise<void> {
    if (await this.updateWhere({}, change)) return;
    this.lose();
    throw this.lost();
  }

  /** Likewise, where more has to hold; `false` where it does not. */
  async updateWhere(condition: mongo.Filter<SliceDocument>, change: SliceUpdate): Promise<boolean> {
    this.moves();
    return !this.ended && (await this.write(change, condition));
  }

  /** The work is alive, though nothing may come for long: an endless stream waits. */
  moves(): void {
    this.movedAt = Date.now();
  }

  /** The last change under this lease: work that was left behind can commit nothing after it. */
  async end(change: SliceUpdate): Promise<void> {
    const before = this.ended;
    this.ended = true;
    if (!before && (await this.write(change))) return;
    throw this.lost();
  }

  release(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.options.stopping.removeEventListener('abort', this.handOverSoon);
  }

  private async write(change: SliceUpdate, condition: mongo.Filter<SliceDocument> = {}): Promise<boolean> {
    const { matchedCount } = await this.options.slices.updateOne(
      { ...condition, _id: this.slice._id, epoch: this.slice.epoch },
      { ...change, $set: { ...change.$set, updatedAt: new Date() } },
    );
    return matchedCount > 0;
  }

  private async renew(): Promise<void> {
    if (this.abort.signal.aborted) return;
    const until = Date.now() + this.options.patience.lease;
    const { matchedCount } = await this.options.slices.updateOne(
      { _id: this.slice._id, epoch: this.slice.epoch },
      { $set: { leaseUntil: new Date(until) } },
    );
    if (matchedCount === 0) return this.lose();
    this.heldUntil = until;
  }

  private async heedCancel(): Promise<void> {
    const run = await this.options.runs.findOne(
      { _id: this.slice.run },
      { projection: { cancelRequested: 1, active: 1, state: 1, paused: 1, closing: 1, wanted: 1 } },
    );
    this.isRunHeld = run !== null && isResting(run);
    if (run?.closing) this.close.abort();
    this.wanted = this.isAskedFor(run?.wanted) ? run?.wanted : undefined;
    if (run?.active && !run.cancelRequested) return;
    this.abort.abort(new MillraceError('run_cancelled', 'The run was cancelled.'));
  }

  private isAskedFor(wanted: WantedSubscriber | undefined): boolean {
    return wanted?.slice === this.slice._id && wanted.by !== this.options.worker && wanted.until > new Date();
  }

  private heedStall(): void {
    const { stall } = this.options.patience;
    if (Date.now() - this.movedAt < stall) return;
    const message = `Nothing moved for ${Math.round(stall / 1_000)} s: no page came from the source and nothing was sent. If that is usual here, raise MILLRACE_STALL_TIMEOUT.`;
    this.abort.abort(new MillraceError('timeout', message));
  }

  private readonly handOverSoon = (): void => {
    this.timers.push(setTimeout(() => this.abort.abort(stopped), stopGrace));
  };

  private lose(): void {
    this.abort.abort(this.lost());
  }

  private lost(): MillraceError {
    return new MillraceError('lease_lost', `Slice ${this.slice._id} is worked on by somebody else now.`);
  }
}

const takeovers = { $ifNull: ['$takeovers', 0] };

/** What a claim does to the document, as it was before: a slice that is still worked on was left behind by a worker that went silent. */
const claimed = {
  state: 'working',
  epoch: { $add: ['$epoch', 1] },
  takeovers: { $cond: [{ $eq: ['$state', 'working'] }, { $add: [takeovers, 1] }, takeovers] },
};

/** Whoever was promised the slice, somebody has it now. */
const endPromise = { $unset: ['promisedTo', 'notBefore'] };

const stopped = new MillraceError('service_unavailable', 'This worker stops; another one goes on with the slice.');
