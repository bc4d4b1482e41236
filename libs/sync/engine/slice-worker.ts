import type { mongo } from 'mongoose';
import { MillraceError, messageOf, type TemplateRenderer } from '@millrace/sdk';
import type { Connections } from '#connections';
import type { Log } from '#platform';
import type { Batches } from '../delivery/batches.ts';
import type { Drift } from '../drift/drift.ts';
import type { KnownRows } from '../known-rows/known-rows.ts';
import type { Rejects } from '../rejects/rejects.ts';
import { isResting, type Run, type RunError } from '../runs/run.schema.ts';
import type { Sync } from '../syncs/sync.schema.ts';
import type { Circuits, OpenCircuit } from './push/circuits.ts';
import { ConnectionError, runErrorOf } from './connection-error.ts';
import type { ErasedGates } from './rows/erased-gates.ts';
import { openRun, type OpenRun } from './opening/open-run.ts';
import type { RunObservers } from './run-observers.ts';
import { SliceLease, type SliceLeaseOptions } from './slices/slice-lease.ts';
import type { SliceReaders } from './slices/slice-reader.ts';
import { SliceTurn } from './slices/slice-turn.ts';
import { SubscriptionEnd } from './subscriptions/subscription-end.ts';
import type { SubscriptionLimits } from './subscriptions/subscription-limits.ts';
import { SubscriptionTurn } from './subscriptions/subscription-turn.ts';
import { backoff, goesOn, maxTakeovers } from './timing.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface SliceWorkerOptions extends SliceLeaseOptions {
  syncs: mongo.Collection<Sync>;
  rejects: Rejects;
  batches: Batches;
  known: KnownRows;
  gates: ErasedGates;
  circuits: Circuits;
  readers: SliceReaders;
  limits: SubscriptionLimits;
  observers: RunObservers;
  drift: Drift;
  connections: Connections;
  render?: TemplateRenderer;
  log: Log;
}

/** done: the slice has ended, well or not; again: it goes on, now or at `at`; skipped: nothing to take. */
export type TurnResult = { result: 'done' } | { result: 'skipped' } | { result: 'again'; at?: Date };

/** Works on one slice for one turn. */
export class SliceWorker {
  constructor(private readonly options: SliceWorkerOptions) {}

  async work(sliceId: string): Promise<TurnResult> {
    const { runs, log } = this.options;
    const held = await SliceLease.claim(sliceId, this.options);
    if (!held) return { result: 'skipped' };
    held.keep((error) => log.warn({ slice: sliceId, error: messageOf(error) }, 'the lease could not be renewed'));
    try {
      const run = await runs.findOne({ _id: held.slice.run });
      if (!run?.active || run.cancelRequested) return await this.end(held, 'cancelled');
      if (isResting(run)) return await this.giveBack(held);
      const { takeovers = 0 } = held.slice;
      if (takeovers > maxTakeovers) return await this.fatal(held, takeovers);
      return await unlessAborted(this.turn(run, held), held.signal, log);
    } catch (error) {
      return await this.failed(held, held.signal.aborted ? held.signal.reason : error);
    } finally {
      held.release();
    }
  }

  private async turn(run: Run, held: SliceLease): Promise<TurnResult> {
    const { connections, known, gates, circuits, render, observers } = this.options;
    const sides = [run.plan.from.connection, run.plan.to.connection];
    const blocked = await circuits.blocking(sides);
    if (blocked) return this.rest(held, blocked);
    const log = observers.logOf(run._id, this.options.log, held.slice.id);
    const turnEnded = observers.turnStarted(run, held.slice);
    const { origin = 'source' } = held.slice;
    const end = new SubscriptionEnd(held, this.options.stopping);
    if (run.closing) end.want('closing');
    let open: OpenRun | undefined;
    try {
      const { signal } = origin === 'subscription' ? end : held;
      const opening = openRun(run, { connections, known, gates, render, log, signal, permit: held.permit });
      open = await (origin === 'subscription' ? openedUnlessAborted(opening, signal, log) : opening);
      const given = { ...this.options, log, run, held, open };
      const turn = await (
        origin === 'subscription' ? new SubscriptionTurn({ ...given, end }) : new SliceTurn({ ...given, origin })
      ).take();
      await circuits.worked(sides);
      turnEnded();
      if (turn === 'held') return await this.giveBack(held);
      if (turn === 'done') return await this.end(held, 'done');
      if (turn.at) return await this.putOff(held, run, turn.at, turn.said);
      return await this.again(held);
    } catch (error) {
      if (!open && origin === 'subscription' && !held.signal.aborted && end.signal.aborted) {
        turnEnded();
        return end.ending === 'closing' ? await this.end(held, 'done') : await this.again(held);
      }
      const shown = open ? open.shownError(error) : error;
      turnEnded(shown);
      throw shown;
    } finally {
      end.release();
      await open?.close();
    }
  }

  /** Whoever has asked for the slice has it to himself for a while. */
  private async again(held: SliceLease): Promise<TurnResult> {
    const { by: promisedTo, until: notBefore } = held.wanted ?? {};
    await held.end({
      $set: { state: 'pending', ...(promisedTo !== undefined && { promisedTo, notBefore }) },
      $unset: { leaseUntil: '' },
    });
    return { result: 'again', at: notBefore };
  }

  /** The destination has not taken all rows, and wants time: no attempt is spent on it. */
  private async putOff(held: SliceLease, { _id, plan }: Run, at: Date, said?: string): Promise<TurnResult> {
    const message = `The destination has put rows off.${said ? ` It says: ${said}` : ''}`;
    const error: RunError = { code: 'rate_limited', message, connection: plan.to.connection };
    if (held.slice.error?.message !== message)
      this.options.observers.note(_id, { level: 'warn', message, slice: held.slice.id });
    await held.end({ $set: { state: 'pending', notBefore: at, error }, $unset: { leaseUntil: '' } });
    return { result: 'again', at };
  }

  /** The run waits for an operator: nobody is to take the slice up meanwhile. */
  private async giveBack(held: SliceLease): Promise<TurnResult> {
    await this.again(held);
    return { result: 'skipped' };
  }

  /** The other side is in trouble, as others have found: no attempt is spent on it. */
  private async rest(held: SliceLease, { connection, until, message }: OpenCircuit): Promise<TurnResult> {
    const error: RunError = { code: 'service_unavailable', message, connection };
    await held.end({ $set: { state: 'pending', notBefore: until, error }, $unset: { leaseUntil: '' } });
    return { result: 'again', at: until };
  }

  private async end(held: SliceLease, state: 'done' | 'cancelled'): Promise<TurnResult> {
    await held.end({ $set: { state }, $unset: { leaseUntil: '' } });
    return { result: 'done' };
  }

  /** Whatever ends the process each time must not go on doing so for ever. */
  private async fatal(held: SliceLease, takeovers: number): Promise<TurnResult> {
    const message = `Each of ${takeovers} workers went silent while it worked on the same page of slice "${held.slice.id}". See how they ended (memory, a crash) and run again.`;
    await held.end({ $set: { state: 'failed', error: { code: 'internal', message } }, $unset: { leaseUntil: '' } });
    return { result: 'done' };
  }

  private async failed(held: SliceLease, thrown: unknown): Promise<TurnResult> {
    const { slice } = held;
    const { log, observers, circuits } = this.options;
    if (held.handedOver) return this.again(held);
    if (thrown instanceof MillraceError && thrown.code === 'lease_lost') return { result: 'skipped' };
    if (thrown instanceof MillraceError && thrown.code === 'run_cancelled') return this.end(held, 'cancelled');
    const error = thrown instanceof MillraceError ? thrown : undefined;
    const failure = runErrorOf(thrown);
    if (thrown instanceof ConnectionError) await circuits.failed(thrown.connection, thrown);
    // What Millrace itself lacks just now is not the slice's fault: it waits for as long as it takes.
    const attempts = slice.attempts + (failure.code === 'service_unavailable' ? 0 : 1);
    const failingSince = slice.failingSince ?? new Date();
    // An error that nobody foresaw may pass, too: a database that restarts throws its driver's own errors.
    const again = (error ? error.retryable : true) && goesOn({ ...slice, attempts, failingSince }, failure.code);
    log.warn(
      { slice: slice._id, run: slice.run, attempts, again, ...failure, err: error ? undefined : thrown },
      'a slice failed',
    );
    const notBefore = again ? new Date(Date.now() + backoff(attempts, error?.retryAfter)) : undefined;
    await held.end({
      $set: {
        state: notBefore ? 'pending' : 'failed',
        error: failure,
        attempts,
        failingSince,
        ...(notBefore && { notBefore }),
      },
      $unset: { leaseUntil: '' },
    });
    observers.note(slice.run, {
      level: notBefore ? 'warn' : 'error',
      message: notBefore
        ? `${failure.message} The next attempt at the slice is at ${notBefore.toISOString()}.`
        : `The slice failed: ${failure.message}`,
      fields: { code: failure.code, attempts },
      slice: slice.id,
    });
    return notBefore ? { result: 'again', at: notBefore } : { result: 'done' };
  }
}

/** A broker may accept a connection and never answer. What is opened too late is closed. */
async function openedUnlessAborted(opening: Promise<OpenRun>, signal: AbortSignal, log: Log): Promise<OpenRun> {
  try {
    return await unlessAborted(opening, signal, log);
  } catch (error) {
    void opening.then(
      (late) => late.close(),
      () => undefined, // told already
    );
    throw error;
  }
}
