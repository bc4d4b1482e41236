import { Injectable } from '@nestjs/common';
import { Metrics } from '#platform';
import { Collections } from '../../collections.ts';
import { QueueDepths } from '../queues/queue-depths.ts';

/** What all processes share, measured when it is asked for: every process tells the same. */
@Injectable()
export class FleetMetrics {
  constructor(metrics: Metrics, { runs, slices, syncs }: Collections, queues: QueueDepths) {
    metrics.measured(
      { name: 'millrace_runs_active', help: 'Runs that have not ended, in the whole installation.' },
      async (gauge) => gauge.set(await runs.countDocuments({ active: true })),
    );
    metrics.measured(
      {
        name: 'millrace_slices_open',
        help: 'Slices that wait or are worked on, in the whole installation.',
        labels: ['state'],
      },
      async (gauge) => {
        for (const state of ['pending', 'working'] as const)
          gauge.set({ state }, await slices.countDocuments({ state }, { limit: 100_000 }));
      },
    );
    metrics.measured(
      { name: 'millrace_syncs_overdue_seconds', help: 'How late the schedule is that should have started first.' },
      async (gauge) => {
        const now = new Date();
        const first = await syncs.findOne(
          { nextRunAt: { $lte: now }, paused: false },
          { sort: { nextRunAt: 1 }, projection: { nextRunAt: 1 } },
        );
        gauge.set(first?.nextRunAt ? (now.getTime() - first.nextRunAt.getTime()) / 1_000 : 0);
      },
    );
    metrics.measured(
      {
        name: 'millrace_queue_jobs',
        help: 'Jobs in the queues, of the whole installation.',
        labels: ['queue', 'state'],
      },
      async (gauge) => {
        for (const [queue, depth] of Object.entries(await queues.read()))
          for (const [state, count] of Object.entries(depth)) gauge.set({ queue, state }, count as number);
      },
    );
  }
}
