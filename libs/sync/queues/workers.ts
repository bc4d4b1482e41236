import { hostname } from 'node:os';
import {
  Inject,
  Injectable,
  Optional,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { messageOf, type TemplateRenderer } from '@millrace/sdk';
import { Connections } from '#connections';
import { FailureLog, Log, Settings } from '#platform';
import { Drift } from '../drift/drift.ts';
import { ErasedGates } from '../engine/rows/erased-gates.ts';
import type { Next } from '../engine/steps/next-step.ts';
import { RunConductor } from '../engine/run-conductor.ts';
import { RunObservers } from '../engine/run-observers.ts';
import { Batches } from '../delivery/batches.ts';
import { Circuits } from '../engine/push/circuits.ts';
import { removalsReader } from '../engine/steps/removals.ts';
import { KnownRows } from '../known-rows/known-rows.ts';
import { rejectsReader } from '../rejects/rejects-reader.ts';
import { sourceReader } from '../engine/slices/slice-reader.ts';
import { SliceWorker } from '../engine/slice-worker.ts';
import type { SubscriptionLimits } from '../engine/subscriptions/subscription-limits.ts';
import { Rejects } from '../rejects/rejects.ts';
import { Collections } from '../collections.ts';
import { MAPPING_RENDERER } from '../mapping-renderer.ts';
import { Chains } from '../schedule/chains.ts';
import { DueWork, isSubscriber, type DueRun, type DueSlice } from './due-work.ts';
import { Lane } from './lane.ts';
import { Spreading } from './spreading.ts';
import { WorkQueues, type RunJob, type SliceJob } from './work-queues.ts';

const conductors = 2;

/** A run of an endless stream without a row lasts so many times as long. */
const idleRuns = 12;

/** Takes jobs from the queues in a process that works. */
@Injectable()
export class Workers implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly worker: SliceWorker;
  private readonly conductor: RunConductor;
  private readonly slices: Lane<SliceJob>;
  private readonly subscriptions: Lane<SliceJob>;
  private readonly runs: Lane<RunJob>;
  private readonly spreading: Spreading;
  private readonly name: string;
  private readonly notDone: FailureLog['tell'];
  private queuesClosed: Promise<void> = Promise.resolve();

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly queues: WorkQueues,
    private readonly collections: Collections,
    private readonly due: DueWork,
    private readonly chains: Chains,
    connections: Connections,
    rejects: Rejects,
    batches: Batches,
    known: KnownRows,
    gates: ErasedGates,
    circuits: Circuits,
    observers: RunObservers,
    drift: Drift,
    @Optional() @Inject(MAPPING_RENDERER) render?: TemplateRenderer,
  ) {
    const { runs, slices, syncs } = collections;
    this.name = settings.workerName ?? `${hostname()}:${process.pid}`;
    const patience = { lease: settings.lease * 1_000, stall: settings.stallTimeout * 1_000 };
    const held = { runs, slices, worker: this.name, patience };
    this.worker = new SliceWorker({
      ...held,
      syncs,
      rejects,
      batches,
      known,
      gates,
      circuits,
      readers: { source: sourceReader, removals: removalsReader(known), rejects: rejectsReader(rejects, known) },
      limits: limitsOf(settings),
      observers,
      drift,
      connections,
      render,
      log,
      stopping: this.stopping.signal,
    });
    this.conductor = new RunConductor({
      ...held,
      syncs,
      rejects,
      batches,
      known,
      gates,
      connections,
      observers,
      drift,
      render,
      log,
    });
    this.slices = new Lane(settings.concurrency, (job) => this.workOn(job));
    this.subscriptions = new Lane(settings.subscriptions, (job) => this.workOn(job));
    this.runs = new Lane(conductors, (job) => this.lead(job));
    this.notDone = new FailureLog(log, 'work could not be done; it is tried again').tell;
    const places = this.subscriptions;
    this.spreading = new Spreading({ collections, worker: this.name, places, patience, log, onError: this.notDone });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.queues.onError((queue, error, count) =>
      this.log.warn({ queue, error: messageOf(error), count }, 'the queue reports an error'),
    );
    this.queues.onFailed(this.notDone);
    if (!this.settings.processes.includes('worker')) return;
    const reportEnd = (error: unknown): void => {
      if (this.stopping.signal.aborted) return; // it was closed before it had begun
      this.log.error({ error: messageOf(error) }, 'the queue stopped giving work');
    };
    if (this.settings.workerName !== undefined) await this.takeUpOwn();
    this.queues.processSlices(this.settings.concurrency, this.slices.give).catch(reportEnd);
    this.queues.processSubscriptions(this.settings.subscriptions, this.subscriptions.give).catch(reportEnd);
    this.queues.processRuns(conductors, this.runs.give).catch(reportEnd);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.queuesClosed = this.queues.close();
    await Promise.all([this.slices, this.subscriptions, this.runs].map((lane) => lane.close()));
  }

  /** By now a Redis that says nothing has been given up: the queues would wait for ever to tell it what is done. */
  async onApplicationShutdown(): Promise<void> {
    await this.queuesClosed;
  }

  /**
   * Takes due work straight from MongoDB where places are free and the queue gives nothing: Redis is down, or the queue has gone deaf
   * (OptimalBits/bull#1873). Likewise what is overdue: a worker that stalls is still connected, so the queue gives it jobs which it does
   * not do. Should another process be faster, the claim fails and nothing happens.
   */
  helpOut(due: { runs: DueRun[]; slices: DueSlice[] }, overdue: { runs: DueRun[]; slices: DueSlice[] }): void {
    const run = ({ _id }: DueRun): RunJob => ({ run: _id });
    const slice = ({ _id }: DueSlice): SliceJob => ({ slice: _id });
    const others = (slices: DueSlice[]): DueSlice[] => slices.filter((one) => !isSubscriber(one));
    this.help(this.runs, due.runs.map(run), overdue.runs.map(run));
    this.help(this.slices, others(due.slices).map(slice), others(overdue.slices).map(slice));
    this.help(
      this.subscriptions,
      due.slices.filter(isSubscriber).map(slice),
      overdue.slices.filter(isSubscriber).map(slice),
    );
  }

  /** For slices, and for leading runs: nothing waits for this process. */
  get haveFreePlaces(): boolean {
    return this.slices.isFree && this.runs.isFree;
  }

  /** Takes over a subscriber of an endless stream where another process has too many. */
  async spread(now: Date): Promise<void> {
    await this.spreading.sweep(now);
  }

  private help<Job>(lane: Lane<Job>, due: Job[], overdue: Job[]): void {
    const jobs = lane.silent ? [...due] : lane.hungry ? [...overdue] : [];
    if (jobs.length === 0) return;
    this.log.info(
      { jobs: jobs.length, first: jobs[0] },
      'work waits, but the queue gives none: taking it from MongoDB',
    );
    lane.takeFrom(() => jobs.shift(), this.notDone);
  }

  /** What a former process of the same name left behind. */
  private async takeUpOwn(): Promise<void> {
    const { runs, slices } = this.collections;
    const own = { worker: this.name };
    const freed = { $set: { leaseUntil: new Date(0) }, $inc: { epoch: 1 } };
    await slices.updateMany({ ...own, state: 'working' }, freed);
    await runs.updateMany({ ...own, active: true, leaseUntil: { $gt: new Date() } }, freed);
  }

  private async workOn({ slice }: SliceJob): Promise<void> {
    const turn = await this.worker.work(slice);
    if (turn.result === 'skipped') return;
    const shown = { epoch: 1, run: 1, origin: 1 };
    const document = await this.collections.slices.findOne({ _id: slice }, { projection: shown });
    if (!document) return;
    if (turn.result === 'done') {
      await this.queues.addRun(document.run);
      return this.queues.addSlices(await this.due.slicesOf(document.run));
    }
    await this.queues.addSlices([document], Math.max(0, (turn.at?.getTime() ?? 0) - Date.now()));
  }

  private async lead({ run }: RunJob): Promise<void> {
    const next: Next = await this.conductor.step(run);
    if (next.slices.length > 0) await this.queues.addSlices(await this.due.slicesOf(run));
    if (next.chain) await this.chains.goOn(next.chain);
    if (next.again) await this.queues.addRun(run, next.again);
  }
}

function limitsOf({ streamRunRows, streamRunSeconds }: Settings): SubscriptionLimits {
  const age = streamRunSeconds * 1_000;
  return { rows: streamRunRows, age, idle: idleRuns * age };
}
