import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { MillraceError } from '@millrace/sdk';
import { queueNames } from '../../queues/work-queues.ts';

/** Jobs of a queue. */
export interface QueueDepth {
  waiting: number;
  /** Of a later time. */
  delayed: number;
  active: number;
}

const patience = 2_000;

/** How much work waits in Bull's queues. */
@Injectable()
export class QueueDepths {
  private readonly queues: [string, Queue][];

  constructor(
    @InjectQueue(queueNames.slices) slices: Queue,
    @InjectQueue(queueNames.subscriptions) subscriptions: Queue,
    @InjectQueue(queueNames.runs) runs: Queue,
  ) {
    this.queues = [
      [queueNames.slices, slices],
      [queueNames.subscriptions, subscriptions],
      [queueNames.runs, runs],
    ];
  }

  /** By queue. Throws `service_unavailable` when Redis does not answer within 2 s. */
  async read(): Promise<Record<string, QueueDepth>> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(silent()), patience);
    });
    try {
      const counts = this.queues.map(async ([name, queue]) => {
        const { waiting, delayed, active } = await queue.getJobCounts();
        return [name, { waiting, delayed, active }] as const;
      });
      return Object.fromEntries(await Promise.race([Promise.all(counts), late]));
    } finally {
      clearTimeout(timer);
    }
  }
}

function silent(): MillraceError {
  return new MillraceError('service_unavailable', 'Redis does not answer: look whether it runs.', { retryable: true });
}
