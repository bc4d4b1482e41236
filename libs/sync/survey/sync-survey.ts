import { Injectable } from '@nestjs/common';
import { Collections } from '../collections.ts';
import type { Run } from '../runs/run.schema.ts';
import type { Sync } from '../syncs/sync.schema.ts';

const ofSync = {
  slug: 1,
  name: 1,
  labels: 1,
  from: 1,
  to: 1,
  outputs: 1,
  filter: 1,
  paused: 1,
  schedule: 1,
  nextRunAt: 1,
  lastRun: 1,
  reaches: 1,
  createdAt: 1,
} as const;
const ofActiveRun = {
  sync: 1,
  state: 1,
  reason: 1,
  error: 1,
  notBefore: 1,
  hold: 1,
  active: 1,
  lag: 1,
  createdAt: 1,
  startedAt: 1,
} as const;
const ofEndedRun = {
  sync: 1,
  state: 1,
  reason: 1,
  error: 1,
  notices: 1,
  drift: 1,
  plan: 1,
  ledger: 1,
  until: 1,
  endedAt: 1,
} as const;

export type ActiveRun = Pick<Run, '_id' | keyof typeof ofActiveRun>;
export type SurveyedSync = Pick<Sync, '_id' | keyof typeof ofSync> & { activeRun?: ActiveRun };
export type EndedRun = Pick<Run, '_id' | keyof typeof ofEndedRun>;

/** How all syncs are, for those who watch them: few and cheap queries, plain objects. */
@Injectable()
export class SyncSurvey {
  constructor(private readonly collections: Collections) {}

  async page(after: string | undefined, limit: number): Promise<SurveyedSync[]> {
    const { syncs, runs } = this.collections;
    const filter = after === undefined ? {} : { _id: { $gt: after } };
    const found = await syncs.find(filter, { projection: ofSync, sort: { _id: 1 }, limit }).toArray();
    const active = await runs
      .find({ active: true, sync: { $in: found.map(({ _id }) => _id) } }, { projection: ofActiveRun })
      .toArray();
    const bySync = new Map(active.map((run) => [run.sync, run]));
    return found.map((sync) => {
      const activeRun = bySync.get(sync._id);
      return activeRun ? { ...sync, activeRun } : sync;
    });
  }

  /** Runs of a sync that ended, the oldest first: those after a run, that one included if `inclusive`. */
  endedRuns(sync: string, run: string, options: { inclusive: boolean; limit: number }): Promise<EndedRun[]> {
    return this.collections.runs
      .find(
        { sync, _id: options.inclusive ? { $gte: run } : { $gt: run }, endedAt: { $exists: true } },
        { projection: ofEndedRun, sort: { _id: 1 }, limit: options.limit },
      )
      .toArray();
  }
}
