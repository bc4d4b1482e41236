import { Injectable } from '@nestjs/common';
import { DueWork } from '../queues/due-work.ts';
import { Overdue } from '../queues/overdue.ts';
import { WorkQueues } from '../queues/work-queues.ts';
import { Workers } from '../queues/workers.ts';

/** Queues again what is due or orphaned: whatever Redis forgot, or a worker left behind. */
@Injectable()
export class Reconciler {
  private readonly overdue = new Overdue();

  constructor(
    private readonly due: DueWork,
    private readonly queues: WorkQueues,
    private readonly workers: Workers,
  ) {}

  async sweep(now = new Date()): Promise<void> {
    for await (const due of this.due.find(now)) {
      await this.queues.addDueRuns(due.runs);
      await this.queues.addSlices(due.slices);
      const overdue = { runs: this.overdue.among(due.runs), slices: this.overdue.among(due.slices) };
      this.workers.helpOut(due, overdue);
    }
    this.overdue.complete();
    await this.workers.spread(now);
  }
}
