import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import type { Job, JobOptions, Queue } from 'bull';
import { Hints, Log, Seldom } from '#platform';
import { isSubscriber, type DueRun, type DueSlice } from './due-work.ts';

export const queueNames = { slices: 'slices', runs: 'runs', subscriptions: 'subscriptions' } as const;

export interface SliceJob {
  slice: string;
}

export interface RunJob {
  run: string;
}

// MongoDB holds the truth: a job is only a hint that there is work, so Bull neither retries nor remembers it.
const hint: JobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true };

/** Bull's queues, which only carry work. Adding to them never fails and never takes long: without Redis the hint is lost, not the work. */
@Injectable()
export class WorkQueues {
  private readonly hints: Hints;

  constructor(
    @InjectQueue(queueNames.slices) private readonly slices: Queue<SliceJob>,
    @InjectQueue(queueNames.runs) private readonly runs: Queue<RunJob>,
    @InjectQueue(queueNames.subscriptions) private readonly subscriptions: Queue<SliceJob>,
    log: Log,
  ) {
    this.hints = new Hints((error, count) =>
      log.warn({ error: messageOf(error), count }, 'work could not be queued; it is found later'),
    );
  }

  /** A slice at an epoch is queued once, however often it is added. */
  async addSlices(waiting: DueSlice[], delay = 0): Promise<void> {
    const endless = waiting.filter(isSubscriber);
    const others = waiting.filter((slice) => !isSubscriber(slice));
    await this.addTo(this.subscriptions, endless, delay);
    await this.addTo(this.slices, others, delay);
  }

  /** Something happened to the run: a step that is under way may not have seen it, so another one follows in any case. */
  async addRun(run: string, at?: Date): Promise<void> {
    const delay = Math.max(0, (at?.getTime() ?? 0) - Date.now());
    await this.hints.send(() => this.runs.add({ run }, { ...hint, delay }));
  }

  /** A run at an epoch is queued once, however often it is found. */
  async addDueRuns(due: DueRun[]): Promise<void> {
    if (due.length === 0) return;
    const jobs = due.map(({ _id, epoch }) => ({ data: { run: _id }, opts: { ...hint, jobId: `${_id}:${epoch}` } }));
    await this.hints.send(() => this.runs.addBulk(jobs));
  }

  /** Resolves when the queue gives no more work: after `close`. */
  processSlices(concurrency: number, work: (job: SliceJob) => Promise<void>): Promise<void> {
    return process(this.slices, concurrency, work);
  }

  /** Subscribers of endless streams hold their place for as long as they live: they must not take those of other slices. */
  processSubscriptions(concurrency: number, work: (job: SliceJob) => Promise<void>): Promise<void> {
    return process(this.subscriptions, concurrency, work);
  }

  processRuns(concurrency: number, work: (job: RunJob) => Promise<void>): Promise<void> {
    return process(this.runs, concurrency, work);
  }

  /**
   * That Redis is away is not reported: its connections tell that once an outage, the queues would at every attempt. What Redis refuses while it answers
   * (without memory it takes no writes) is reported every 10 s, with how often it was.
   */
  onError(report: (queue: string, error: Error, count: number) => void): void {
    const refusals = new Seldom();
    for (const queue of this.all)
      queue.on('error', (error) => {
        if (queue.client.status === 'ready') refusals.tell(1, (count) => report(queue.name, error, count));
      });
  }

  /** Work that was given could not be done. */
  onFailed(report: (error: Error, about: { queue: string }) => void): void {
    for (const queue of this.all)
      queue.on('failed', (_job: unknown, error: Error) => report(error, { queue: queue.name }));
  }

  private get all(): Queue[] {
    return [this.slices, this.runs, this.subscriptions];
  }

  /** Takes no new jobs and waits for those at work. */
  async close(): Promise<void> {
    await Promise.all(this.all.map((queue) => queue.close()));
  }

  private async addTo(queue: Queue<SliceJob>, waiting: DueSlice[], delay: number): Promise<void> {
    if (waiting.length === 0) return;
    const jobs = waiting.map(({ _id, epoch }) => ({
      data: { slice: _id },
      opts: { ...hint, delay, jobId: `${_id}:${epoch}` },
    }));
    await this.hints.send(() => queue.addBulk(jobs));
  }
}

async function process<T>(queue: Queue<T>, concurrency: number, work: (job: T) => Promise<void>): Promise<void> {
  await answering(queue.client);
  // Bull awaits no answer when it names a connection: nobody would hear of one that is closed meanwhile, which ends the process.
  const named = queue.setWorkerName().catch((error: unknown) => void queue.emit('error', error));
  queue.setWorkerName = () => named;
  await queue.process(concurrency, (job: Job<T>) => work(job.data));
}

/** A queue that Bull starts without Redis gives up for good, as `once` would at the first error: it starts once Redis answers. */
async function answering(client: Queue['client']): Promise<void> {
  if (client.status !== 'ready') await new Promise((resolve) => client.once('ready', resolve));
}
