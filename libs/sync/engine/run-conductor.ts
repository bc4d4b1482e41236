import { MillraceError, messageOf } from '@millrace/sdk';
import { isResting } from '../runs/run.schema.ts';
import { runErrorOf } from './connection-error.ts';
import { nothing, type Next } from './steps/next-step.ts';
import { RunClosing, type RunClosingOptions } from './steps/run-closing.ts';
import { RunEnding, type RunEndingOptions } from './steps/run-ending.ts';
import { begins, RunLease, type RunLeaseOptions } from './steps/run-lease.ts';
import { RunPlanning, type RunPlanningOptions } from './steps/run-planning.ts';
import { backoff, ledRetry, maxAttempts } from './timing.ts';
import { unlessAborted } from './unless-aborted.ts';
import { withRunOf, type WithRunOptions } from './steps/with-run.ts';

export type RunConductorOptions = RunLeaseOptions &
  WithRunOptions &
  RunEndingOptions &
  Omit<RunPlanningOptions & RunClosingOptions, 'withRun' | 'ending'>;

/** Leads a run from queued to ended: plans its slices, and closes it when they are through. Every step can be repeated. */
export class RunConductor {
  readonly #planning: RunPlanning;
  readonly #closing: RunClosing;
  readonly #ending: RunEnding;

  constructor(private readonly options: RunConductorOptions) {
    const withRun = withRunOf(options);
    this.#ending = new RunEnding(options);
    this.#planning = new RunPlanning({ ...options, withRun });
    this.#closing = new RunClosing({ ...options, withRun, ending: this.#ending });
  }

  async step(runId: string): Promise<Next> {
    const { log } = this.options;
    const held = await RunLease.claim(runId, this.options);
    if (!held) return this.laterIfLed(runId);
    held.keep((error) => log.warn({ run: runId, error: messageOf(error) }, 'the lease could not be renewed'));
    try {
      if (held.run.cancelRequested) return await this.#ending.cancel(held);
      if (isResting(held.run)) return nothing;
      const step = begins(held.run) ? this.#planning.plan(held) : this.#closing.close(held);
      return await unlessAborted(step, held.signal, log);
    } catch (error) {
      return await this.failed(held, held.signal.aborted ? held.signal.reason : error);
    } finally {
      await held.release();
    }
  }

  /** Somebody else leads the run: what happened meanwhile may have come too late for that step. */
  private async laterIfLed(runId: string): Promise<Next> {
    const run = await this.options.runs.findOne({ _id: runId, active: true }, { projection: { notBefore: 1 } });
    return run
      ? { slices: [], again: new Date(Math.max(Date.now() + ledRetry, run.notBefore?.getTime() ?? 0)) }
      : nothing;
  }

  private async failed(held: RunLease, thrown: unknown): Promise<Next> {
    const { run } = held;
    const known = thrown instanceof MillraceError ? thrown : undefined;
    if (known?.code === 'lease_lost') return nothing;
    if (held.isToBeClosed) return { slices: [], again: new Date() };
    const after = held.afterStep();
    if (known?.code === 'run_cancelled') return this.#ending.cancel(after);
    const error = runErrorOf(thrown);
    const attempts = run.attempts + (known?.code === 'service_unavailable' ? 0 : 1);
    const again = (known ? known.retryable : true) && attempts < maxAttempts;
    this.options.log.warn(
      { run: run._id, attempts, again, ...error, err: known ? undefined : thrown },
      'a run could not go on',
    );
    if (!again) return this.#ending.end(after, 'failed', error);
    const notBefore = new Date(Date.now() + backoff(attempts, known?.retryAfter));
    await after.update({ $set: { attempts, notBefore, error } });
    this.options.observers.note(run._id, {
      level: 'warn',
      message: `The run could not go on: ${error.message} The next attempt is at ${notBefore.toISOString()}.`,
      fields: { code: error.code, attempts },
    });
    return { slices: [], again: notBefore };
  }
}
