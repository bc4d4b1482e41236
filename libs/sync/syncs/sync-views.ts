import { Injectable } from '@nestjs/common';
import { Connections } from '#connections';
import { Collections } from '../collections.ts';
import { lagOf, type Lag } from '../lag/lag.ts';
import type { Run } from '../runs/run.schema.ts';
import { waitingOf } from '../runs/waiting.ts';
import { disabledReason, endsOf } from './disabled-reason.ts';
import { listeningOf, type Listening } from './listening.ts';
import { conditionOf, type SyncCondition } from './sync-state.ts';
import type { Sync } from './sync.schema.ts';

export type SyncView = Sync & SyncCondition & { activeRun?: string; lag?: Lag };

type ActiveRun = Pick<
  Run,
  '_id' | 'sync' | 'state' | 'paused' | 'error' | 'notBefore' | 'reason' | 'startedAt' | 'active' | 'lag'
>;
const shown = {
  sync: 1,
  state: 1,
  paused: 1,
  error: 1,
  notBefore: 1,
  reason: 1,
  startedAt: 1,
  active: 1,
  lag: 1,
} as const;

type Ends = Awaited<ReturnType<typeof endsOf>>;

/** Syncs with the one word that says how they are, and the reason. */
@Injectable()
export class SyncViews {
  constructor(
    private readonly collections: Collections,
    private readonly connections: Connections,
  ) {}

  async of(sync: Sync): Promise<SyncView> {
    return this.view(sync, (await this.activeRun(sync._id)) ?? undefined, await endsOf([sync], this.connections));
  }

  /** Of many, whose runs and connections are asked for together. */
  async ofAll(syncs: readonly Sync[]): Promise<SyncView[]> {
    const runs = new Map<string, ActiveRun>();
    const filter = { sync: { $in: syncs.map(({ _id }) => _id) }, active: true as const };
    for await (const run of this.collections.runs.find<ActiveRun>(filter, { projection: shown }))
      runs.set(run.sync, run);
    const ends = await endsOf(syncs, this.connections);
    return Promise.all(syncs.map((sync) => this.view(sync, runs.get(sync._id), ends)));
  }

  activeRun(sync: string): Promise<ActiveRun | null> {
    return this.collections.runs.findOne<ActiveRun>({ sync, active: true }, { projection: shown });
  }

  private async view(sync: Sync, activeRun: ActiveRun | undefined, ends: Ends): Promise<SyncView> {
    const disabled = disabledReason(sync, ends);
    const lag = activeRun && lagOf(activeRun);
    const listening = sync.read === 'stream' && activeRun ? await this.listening(activeRun, lag) : undefined;
    const waiting = activeRun && !listening ? await waitingOf(activeRun, this.collections) : undefined;
    const condition = conditionOf(sync, { disabled, activeRun: activeRun && { ...activeRun, ...waiting }, listening });
    return { ...sync, ...condition, ...(activeRun && { activeRun: activeRun._id }), ...(lag && { lag }) };
  }

  private async listening(run: Pick<Run, '_id' | 'startedAt'>, lag?: Lag): Promise<Listening | undefined> {
    const projection = { ledger: 1, lastRowAt: 1, state: 1, error: 1, notBefore: 1 };
    const subscribers = await this.collections.slices.find({ run: run._id }, { projection }).toArray();
    return listeningOf(run, subscribers, lag?.records);
  }
}
