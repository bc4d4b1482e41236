import type { mongo } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Run } from '../../runs/run.schema.ts';
import { cancelCheck, type Patience } from '../timing.ts';

export interface RunLeaseOptions {
  runs: mongo.Collection<Run>;
  /** Names this process in the run's document. */
  worker: string;
  patience: Patience;
}

/** The right to lead a run, as `SliceLease` is the right to work on a slice. */
export class RunLease {
  private heldUntil: number;
  private movedAt = Date.now();
  private timers: NodeJS.Timeout[] = [];
  private readonly abort = new AbortController();

  private constructor(
    readonly run: Run,
    private readonly options: RunLeaseOptions,
  ) {
    this.heldUntil = run.leaseUntil?.getTime() ?? 0;
  }

  static async claim(id: string, options: RunLeaseOptions): Promise<RunLease | undefined> {
    const { runs, worker, patience } = options;
    const now = new Date();
    const run = await runs.findOneAndUpdate(
      { _id: id, active: true, leaseUntil: { $not: { $gt: now } }, notBefore: { $not: { $gt: now } } },
      { $set: { leaseUntil: new Date(now.getTime() + patience.lease), worker }, $inc: { epoch: 1 } },
      { returnDocument: 'after' },
    );
    return run ? new RunLease(run, options) : undefined;
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Whether planning was broken off because there is nothing to be planned any more. */
  get isToBeClosed(): boolean {
    return this.abort.signal.reason === toBeClosed;
  }

  /** Throws when the lease has run out: nothing may be written any more. */
  readonly permit = (): void => {
    if (Date.now() >= this.heldUntil) this.lose();
    this.abort.signal.throwIfAborted();
    this.movedAt = Date.now();
  };

  /** The same lease, as long as it still holds, for what is done about a step that was given up. Whatever is left behind of that step may write nothing. */
  afterStep(): RunLease {
    const after = new RunLease(this.run, this.options);
    after.heldUntil = this.heldUntil;
    return after;
  }

  /** Renews the lease until `release`. The signal aborts when it was lost, the run is to be cancelled, or closed before it has begun, or the step takes too long. */
  keep(onError: (error: unknown) => void): void {
    this.timers = [
      setInterval(() => void this.renew().catch(onError), this.options.patience.lease / 3),
      setInterval(() => void this.heedCancel().catch(onError), cancelCheck),
      setInterval(() => this.heedStall(), cancelCheck),
    ];
  }

  /** A change of the run under this lease; throws `lease_lost` when somebody else leads it, or it has ended. */
  async update(change: mongo.UpdateFilter<Run>): Promise<void> {
    this.movedAt = Date.now();
    if (!(await this.write(change))) throw this.lose();
  }

  /** Ends the keeping and lets others lead. */
  async release(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.options.runs.updateOne({ _id: this.run._id, epoch: this.run.epoch }, { $unset: { leaseUntil: '' } });
  }

  private async renew(): Promise<void> {
    if (this.abort.signal.aborted) return;
    const until = Date.now() + this.options.patience.lease;
    if (!(await this.write({ $set: { leaseUntil: new Date(until) } }))) throw this.lose();
    this.heldUntil = until;
  }

  private async write(change: mongo.UpdateFilter<Run>): Promise<boolean> {
    const { matchedCount } = await this.options.runs.updateOne(
      { _id: this.run._id, epoch: this.run.epoch, active: true },
      change,
    );
    return matchedCount > 0;
  }

  private async heedCancel(): Promise<void> {
    if (this.run.cancelRequested) return; // this step is the cancelling
    const shown = { cancelRequested: 1, closing: 1 };
    const run = await this.options.runs.findOne({ _id: this.run._id }, { projection: shown });
    if (run?.cancelRequested) this.abort.abort(new MillraceError('run_cancelled', 'The run was cancelled.'));
    else if (run?.closing && begins(this.run)) this.abort.abort(toBeClosed);
  }

  private heedStall(): void {
    const { stall } = this.options.patience;
    if (Date.now() - this.movedAt < stall) return;
    const message = `Planning or closing the run did not get on for ${Math.round(stall / 1_000)} s and was given up. If that is usual here, raise MILLRACE_STALL_TIMEOUT.`;
    this.abort.abort(new MillraceError('timeout', message));
  }

  private lose(): MillraceError {
    const lost = new MillraceError('lease_lost', `Run ${this.run._id} is led by somebody else now.`);
    this.abort.abort(lost);
    return lost;
  }
}

/** Whether the run's next step is to be planned. */
export function begins({ state, closing }: Pick<Run, 'state' | 'closing'>): boolean {
  return state === 'queued' && !closing;
}

const toBeClosed = new MillraceError('conflict', 'The run is to be closed before it has begun.');
