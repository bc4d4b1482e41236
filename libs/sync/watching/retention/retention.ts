import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { FailureLog, Log, plainCollection, Regularly, Settings } from '#platform';
import { Collections } from '../../collections.ts';
import type { Reject } from '../../rejects/reject.schema.ts';
import type { Run } from '../../runs/run.schema.ts';
import { RunLogStore } from '../log/run-log-store.ts';
import { keptOf } from './kept-runs.ts';

const every = 3_600_000;
const atATime = 200;
const atMostASweep = 10_000;
const day = 86_400_000;

/** Removes what nobody needs any more: slices and logs of runs that ended some days ago, later the runs themselves. */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  private sweeping?: Regularly;
  private readonly rejects: mongo.Collection<Reject>;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly collections: Collections,
    private readonly logs: RunLogStore,
    @InjectModel('Reject') rejects: Model<Reject>,
  ) {
    this.rejects = plainCollection<Reject>(rejects);
  }

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    this.sweeping = new Regularly(
      every,
      () => this.sweep(),
      new FailureLog(this.log, 'old runs could not be removed; it is tried again').tell,
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeping?.end();
  }

  /** Every step can be repeated, and done by several processes at once. */
  async sweep(now = new Date()): Promise<void> {
    const { keepRunDetailsDays, keepRunsDays } = this.settings;
    await this.removeDetails(new Date(now.getTime() - keepRunDetailsDays * day));
    await this.removeRuns(new Date(now.getTime() - keepRunsDays * day));
  }

  private async removeDetails(endedBefore: Date): Promise<void> {
    const { runs } = this.collections;
    for (let removed = 0; removed < atMostASweep; removed += atATime) {
      const found = await runs
        .find(
          { detailed: true, endedAt: { $lt: endedBefore } },
          { projection: { _id: 1 }, sort: { endedAt: 1 }, limit: atATime },
        )
        .toArray();
      const ids = found.map(({ _id }) => _id);
      await this.removeDetailsOf(ids);
      await runs.updateMany({ _id: { $in: ids } }, { $unset: { detailed: '' } });
      if (found.length < atATime) return;
    }
  }

  private async removeRuns(endedBefore: Date): Promise<void> {
    const old = this.collections.runs.find(
      { endedAt: { $lt: endedBefore } },
      { projection: { sync: 1 }, sort: { endedAt: 1 }, limit: atMostASweep },
    );
    let batch: Pick<Run, '_id' | 'sync'>[] = [];
    for await (const run of old) {
      batch.push(run);
      if (batch.length < atATime) continue;
      await this.removeRunsOf(batch);
      batch = [];
    }
    await this.removeRunsOf(batch);
  }

  private async removeRunsOf(batch: Pick<Run, '_id' | 'sync'>[]): Promise<void> {
    const kept = await keptOf([...new Set(batch.map(({ sync }) => sync))], this.collections);
    const ids = batch.map(({ _id }) => _id).filter((id) => !kept.has(id));
    if (ids.length === 0) return;
    await this.removeDetailsOf(ids);
    await this.rejects.deleteMany({ run: { $in: ids } });
    await this.collections.runs.deleteMany({ _id: { $in: ids } });
  }

  private async removeDetailsOf(runs: string[]): Promise<void> {
    if (runs.length === 0) return;
    await this.collections.slices.deleteMany({ run: { $in: runs } });
    await this.logs.remove(runs);
  }
}
