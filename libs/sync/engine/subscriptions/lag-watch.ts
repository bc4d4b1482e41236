import type { mongo } from 'mongoose';
import { messageOf, type SubscribeContext } from '@millrace/sdk';
import { Regularly, type Log } from '#platform';
import { lagOfLanes, reachOf } from '../../lag/lag.ts';
import type { Run } from '../../runs/run.schema.ts';
import type { Sync } from '../../syncs/sync.schema.ts';
import type { OpenRun } from '../opening/open-run.ts';
import { cancelCheck, lagCheck } from '../timing.ts';

export interface LagWatchOptions {
  run: Run;
  open: Pick<OpenRun, 'stream'>;
  runs: mongo.Collection<Run>;
  syncs: mongo.Collection<Sync>;
  /** The source has told it. */
  told: () => Promise<void>;
  log: Log;
}

/** Keeps with the run how far this subscriber is behind, and with the sync up to when everything has arrived. */
export class LagWatch {
  readonly #asking: Regularly;
  #dueAt = 0;
  #failed = false;
  #ended = false;

  /** @param context what the source was given to subscribe with */
  constructor(
    private readonly options: LagWatchOptions,
    private readonly context: SubscribeContext,
  ) {
    this.#asking = new Regularly(
      cancelCheck,
      () => this.#ask(),
      (error) => this.#note(error),
    );
  }

  /** Does not wait for an answer of the source: nobody wants it any more. */
  end(): void {
    this.#ended = true;
    void this.#asking.end();
  }

  async #ask(): Promise<void> {
    if (Date.now() < this.#dueAt) return;
    const lanes = await this.options.open.stream.lag?.(this.context);
    if (!lanes || this.#ended) return;
    await this.options.told();
    this.#dueAt = Date.now() + lagCheck;
    await this.#keep(lagOfLanes(lanes, new Date()));
    this.#failed = false;
  }

  async #keep(lag: ReturnType<typeof lagOfLanes>): Promise<void> {
    const { run, runs, syncs } = this.options;
    const told = await runs.findOneAndUpdate(
      { _id: run._id, active: true },
      {
        $set: { [`lag.${this.context.consumer.index}`]: lag },
        ...(lag.seconds !== undefined && { $max: { maxLagSeconds: lag.seconds } }),
      },
      { projection: { lag: 1 }, returnDocument: 'after' },
    );
    const reaches = reachOf(told?.lag ?? {}, run.plan.consumers ?? 1);
    if (!reaches) return;
    // A sync that was changed meanwhile may read something else.
    await syncs.updateOne({ _id: run.sync, revision: run.plan.syncRevision }, { $max: { reaches } });
  }

  #note(error: unknown): void {
    const { run, log } = this.options;
    this.#dueAt = Date.now() + lagCheck;
    if (!this.#failed && !this.#ended)
      log.warn({ run: run._id, error: messageOf(error) }, 'how far the stream is behind could not be told');
    this.#failed = true;
  }
}
