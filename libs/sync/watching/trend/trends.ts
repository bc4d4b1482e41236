import { Injectable } from '@nestjs/common';
import { Collections } from '../../collections.ts';
import { isWhole, type Run } from '../../runs/run.schema.ts';
import { Syncs } from '../../syncs/syncs.ts';
import { dayOf, TrendDays, type TrendDay } from './trend-of.ts';

export interface Trend {
  days: TrendDay[];
  /** What was changed at the source up to then has arrived. */
  reaches?: Date;
  lagSeconds?: number;
}

const dayLength = 86_400_000;
const wanted = {
  state: 1,
  createdAt: 1,
  startedAt: 1,
  endedAt: 1,
  until: 1,
  ledger: 1,
  maxLagSeconds: 1,
  'plan.window': 1,
  'plan.replay': 1,
} as const;

/** How a sync has been doing. */
@Injectable()
export class Trends {
  constructor(
    private readonly collections: Collections,
    private readonly syncs: Syncs,
  ) {}

  /** The last days, today included. */
  async of(idOrSlug: string, days: number, now = new Date()): Promise<Trend> {
    const { _id: sync, reaches } = await this.syncs.require(idOrSlug);
    const from = new Date(Date.parse(dayOf(now)) - (days - 1) * dayLength);
    const trend = new TrendDays(from, now, await this.reachedBefore(sync, from));
    const runs = this.collections.runs.find(
      { sync, createdAt: { $gte: from } },
      { projection: wanted, sort: { createdAt: 1 } },
    );
    for await (const run of runs) trend.add({ ...run, whole: isWhole(run) });
    return {
      days: trend.list(),
      ...(reaches && { reaches, lagSeconds: Math.max(0, (now.getTime() - reaches.getTime()) / 1_000) }),
    };
  }

  private async reachedBefore(sync: string, at: Date): Promise<Date | undefined> {
    const whole = { 'plan.window': { $exists: false }, 'plan.replay': { $exists: false } };
    const last = await this.collections.runs.findOne<Pick<Run, 'until'>>(
      { sync, createdAt: { $lt: at }, state: 'succeeded', ...whole },
      { sort: { createdAt: -1 }, projection: { until: 1 } },
    );
    return last?.until;
  }
}
