import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Metrics } from '#platform';
import { RunObservers, type CommittedPage, type RunObserver } from '../../engine/run-observers.ts';
import type { Run } from '../../runs/run.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';

const pageSeconds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120];
const runSeconds = [1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400];

/** Counts what this process does for runs, by the two connectors: their number is small, that of syncs and runs is not. */
@Injectable()
export class RunMetrics implements RunObserver {
  private readonly rows;
  private readonly effects;
  private readonly rejects;
  private readonly pages;
  private readonly turns;
  private readonly turnFailures;
  private readonly ended;
  private readonly durations;

  constructor(observers: RunObservers, metrics: Metrics) {
    const between = ['source', 'destination'] as const;
    this.rows = metrics.counter({
      name: 'millrace_rows_total',
      help: 'Source rows by where they ended.',
      labels: [...between, 'fate'],
    });
    this.effects = metrics.counter({
      name: 'millrace_effects_total',
      help: 'Changes that rows brought about at the destination.',
      labels: [...between, 'effect'],
    });
    this.rejects = metrics.counter({
      name: 'millrace_rejects_total',
      help: 'Refused rows by the code of their reason.',
      labels: [...between, 'code'],
    });
    this.pages = metrics.histogram(
      {
        name: 'millrace_page_seconds',
        help: 'From one commit of rows to the next: reading, mapping and pushing.',
        labels: [...between],
      },
      pageSeconds,
    );
    this.turns = metrics.gauge({ name: 'millrace_turns_active', help: 'Slices that this process works on.' });
    this.turnFailures = metrics.counter({
      name: 'millrace_turn_failures_total',
      help: 'Turns of slices that failed, by code; most are tried again.',
      labels: [...between, 'code'],
    });
    this.ended = metrics.counter({
      name: 'millrace_runs_total',
      help: 'Runs that ended, by result.',
      labels: [...between, 'state'],
    });
    this.durations = metrics.histogram(
      { name: 'millrace_run_seconds', help: 'From the start of a run to its end.', labels: [...between, 'state'] },
      runSeconds,
    );
    observers.add(this);
  }

  turnStarted(run: Run): (error?: unknown) => void {
    this.turns.inc();
    return (error) => {
      this.turns.dec();
      if (error === undefined) return;
      const code = error instanceof MillraceError ? error.code : 'internal';
      this.turnFailures.inc({ ...connectorsOf(run), code });
    };
  }

  pageWritten(run: Run, _slice: SliceDocument, { account, refused, milliseconds }: CommittedPage): void {
    const connectors = connectorsOf(run);
    const { read: _read, ...fates } = account.ledger;
    for (const [fate, count] of Object.entries(fates)) if (count > 0) this.rows.inc({ ...connectors, fate }, count);
    for (const [effect, count] of Object.entries(account.effects))
      if (count > 0) this.effects.inc({ ...connectors, effect }, count);
    for (const { code } of refused) this.rejects.inc({ ...connectors, code });
    this.pages.observe(connectors, milliseconds / 1_000);
  }

  runEnded(run: Run): void {
    const labels = { ...connectorsOf(run), state: run.state };
    this.ended.inc(labels);
    if (run.startedAt && run.endedAt)
      this.durations.observe(labels, (run.endedAt.getTime() - run.startedAt.getTime()) / 1_000);
  }
}

function connectorsOf({ plan }: Run): { source: string; destination: string } {
  return { source: plan.fromConnector ?? 'unknown', destination: plan.toConnector ?? 'unknown' };
}
