import { Injectable } from '@nestjs/common';
import { Connections } from '#connections';
import { Collections } from '../collections.ts';
import { lagOf, type Lag } from '../lag/lag.ts';
import type { Run } from '../runs/run.schema.ts';
import { waitingOf } from '../runs/waiting.ts';
import { listeningOf, type Listening } from './listening.ts';
import { conditionOf, type SyncCondition } from './sync-state.ts';
import type { Sync } from './sync.schema.ts';

export type SyncView = Sync & SyncCondition & { activeRun?: string; lag?: Lag };

type ActiveRun = Pick<
  Run,
  '_id' | 'state' | 'paused' | 'error' | 'notBefore' | 'reason' | 'startedAt' | 'active' | 'lag'
>;
const shown = { state: 1, paused: 1, error: 1, notBefore: 1, reason: 1, startedAt: 1, active: 1, lag: 1 } as const;

/** Syncs with the one word that says how they are, and the reason. */
@Injectable()
export class SyncViews {
  constructor(
    private readonly collections: Collections,
    private readonly connections: Connections,
  ) {}

  async of(sync: Sync): Promise<SyncView> {
    const activeRun = (await this.activeRun(sync._id)) ?? undefined;
    const disabled = await this.disabledReason(sync);
    const lag = activeRun && lagOf(activeRun);
    const listening = sync.read === 'stream' && activeRun ? await this.listening(activeRun, lag) : undefined;
    const waiting = activeRun && !listening ? await waitingOf(activeRun, this.collections) : undefined;
    const condition = conditionOf(sync, { disabled, activeRun: activeRun && { ...activeRun, ...waiting }, listening });
    return { ...sync, ...condition, ...(activeRun && { activeRun: activeRun._id }), ...(lag && { lag }) };
  }

  activeRun(sync: string): Promise<ActiveRun | null> {
    return this.collections.runs.findOne<ActiveRun>({ sync, active: true }, { projection: shown });
  }

  private async listening(run: Pick<Run, '_id' | 'startedAt'>, lag?: Lag): Promise<Listening | undefined> {
    const projection = { ledger: 1, lastRowAt: 1, state: 1, error: 1, notBefore: 1 };
    const subscribers = await this.collections.slices.find({ run: run._id }, { projection }).toArray();
    return listeningOf(run, subscribers, lag?.records);
  }

  private async disabledReason({ from, to }: Sync): Promise<string | undefined> {
    for (const connection of [from.connection, to.connection]) {
      const { connector, name, enabled, reason: why } = await this.connections.summary(connection);
      if (enabled) continue;
      return `The connector "${connector}" of connection "${name}" is disabled${why ? `: ${why}` : '.'} The sync rests until it is enabled.`;
    }
    return undefined;
  }
}
