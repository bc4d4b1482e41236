import { Injectable } from '@nestjs/common';
import { Metrics } from '#platform';
import { Collections } from '../../collections.ts';
import { lagOf, type Lag } from '../../lag/lag.ts';
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
    const readLags = async (): Promise<{ source: string; lag: Lag }[]> => {
      const projection = { lag: 1, active: 1, 'plan.fromConnector': 1 };
      const following = runs.find({ active: true, lag: { $exists: true } }, { projection });
      return (await following.toArray()).flatMap((run) => {
        const lag = lagOf(run);
        return lag ? [{ source: run.plan.fromConnector, lag }] : [];
      });
    };
    let reading: ReturnType<typeof readLags> | undefined;
    const lags = () => (reading ??= readLags().finally(() => (reading = undefined))); // both are measured at once
    metrics.measured(
      {
        name: 'millrace_stream_lag_records',
        help: 'Records of endless streams that have not arrived, of all that are followed.',
        labels: ['source'],
      },
      async (gauge) => {
        for (const { source, lag } of await lags()) if (lag.records !== undefined) gauge.inc({ source }, lag.records);
      },
    );
    metrics.measured(
      {
        name: 'millrace_stream_lag_seconds',
        help: 'For how long what has not arrived has been there, of the endless stream that is the furthest behind.',
        labels: ['source'],
      },
      async (gauge) => {
        const worst = new Map<string, number>();
        for (const { source, lag } of await lags())
          if (lag.seconds !== undefined) worst.set(source, Math.max(worst.get(source) ?? 0, lag.seconds));
        for (const [source, seconds] of worst) gauge.set({ source }, seconds);
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
