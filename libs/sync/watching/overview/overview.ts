import { Injectable } from '@nestjs/common';
import { messageOf } from '@millrace/sdk';
import { Connections } from '#connections';
import { Processes } from '#platform';
import { Collections } from '../../collections.ts';
import { emptyLedger, type Ledger } from '../../runs/ledger.ts';
import type { RunState } from '../../runs/run.schema.ts';
import { SyncSurvey } from '../../survey/sync-survey.ts';
import { disabledReason, endsOf } from '../../syncs/disabled-reason.ts';
import { conditionOf, type SyncState } from '../../syncs/sync-state.ts';
import { QueueDepths, type QueueDepth } from '../queues/queue-depths.ts';

export interface Overview {
  syncs: Partial<Record<SyncState, number>>;
  /** Of the last 24 hours. */
  runs: Partial<Record<RunState, number>>;
  ledger: Ledger;
  /** The sync whose schedule should have started it first and did not. */
  overdue?: { sync: string; name: string; dueAt: Date; seconds: number };
  /** Absent while Redis does not answer. */
  queues?: Record<string, QueueDepth>;
  queuesReason?: string;
  processes: { api: number; worker: number };
}

const atATime = 500;
const day = 86_400_000;
/** A schedule is looked at every 2 s: later than this is late. */
const punctual = 30_000;

/** How the whole installation is. */
@Injectable()
export class Overviews {
  constructor(
    private readonly collections: Collections,
    private readonly survey: SyncSurvey,
    private readonly connections: Connections,
    private readonly queueDepths: QueueDepths,
    private readonly processes: Processes,
  ) {}

  async now(now = new Date()): Promise<Overview> {
    const [syncs, runs, overdue, queues, alive] = await Promise.all([
      this.syncs(),
      this.runs(now),
      this.overdue(now),
      this.queueDepths.read().then(
        (depths) => ({ queues: depths }),
        (error: unknown) => ({ queuesReason: messageOf(error) }),
      ),
      this.processes.alive(),
    ]);
    const count = (kind: 'api' | 'worker'): number => alive.filter(({ kinds }) => kinds.includes(kind)).length;
    return { syncs, ...runs, overdue, ...queues, processes: { api: count('api'), worker: count('worker') } };
  }

  private async syncs(): Promise<Overview['syncs']> {
    const counts: Overview['syncs'] = {};
    for (let after: string | undefined; ;) {
      const page = await this.survey.page(after, atATime);
      const ends = await endsOf(page, this.connections);
      for (const sync of page) {
        const { state } = conditionOf(sync, { disabled: disabledReason(sync, ends), activeRun: sync.activeRun });
        counts[state] = (counts[state] ?? 0) + 1;
      }
      if (page.length < atATime) return counts;
      after = page.at(-1)?._id;
    }
  }

  private async runs(now: Date): Promise<Pick<Overview, 'runs' | 'ledger'>> {
    const columns = Object.keys(emptyLedger()) as (keyof Ledger)[];
    const sums = Object.fromEntries(columns.map((column) => [column, { $sum: `$ledger.${column}` }]));
    const groups = await this.collections.runs
      .aggregate<{ _id: RunState; runs: number } & Ledger>([
        { $match: { createdAt: { $gte: new Date(now.getTime() - day) } } },
        { $group: { _id: '$state', runs: { $sum: 1 }, ...sums } },
      ])
      .toArray();
    const ledger = emptyLedger();
    for (const group of groups) for (const column of columns) ledger[column] += group[column];
    return { runs: Object.fromEntries(groups.map(({ _id, runs }) => [_id, runs])), ledger };
  }

  private async overdue(now: Date): Promise<Overview['overdue']> {
    const late = await this.collections.syncs.findOne(
      { nextRunAt: { $lte: new Date(now.getTime() - punctual) }, paused: false },
      { sort: { nextRunAt: 1 }, projection: { name: 1, nextRunAt: 1 } },
    );
    if (!late?.nextRunAt) return undefined;
    const seconds = Math.round((now.getTime() - late.nextRunAt.getTime()) / 1_000);
    return { sync: late._id, name: late.name, dueAt: late.nextRunAt, seconds };
  }
}
