import { Injectable } from '@nestjs/common';
import { DueWork } from '../queues/due-work.ts';
import { WorkQueues } from '../queues/work-queues.ts';
import { Workers } from '../queues/workers.ts';

/** Queues again what is due or orphaned: whatever Redis forgot, or a worker left behind. */
@Injectable()
export class Reconciler {
  constructor(
    private readonly due: DueWork,
    private readonly queues: WorkQueues,
    private readonly workers: Workers,
  ) {}

  async sweep(now = new Date()): Promise<void> {
    for await (const { runs, slices } of this.due.find(now)) {
      await this.queues.addDueRuns(runs);
      await this.queues.addSlices(slices);
      this.workers.helpOut(runs, slices);
    }
  }
}
