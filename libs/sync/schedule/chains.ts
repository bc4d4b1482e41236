import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Connections, type ConnectionSummary } from '#connections';
import { Log } from '#platform';
import { Collections } from '../collections.ts';
import { WorkQueues } from '../queues/work-queues.ts';
import { isSubscription, type Run } from '../runs/run.schema.ts';
import { Runs } from '../runs/runs.ts';
import type { Sync } from '../syncs/sync.schema.ts';
import { chainWait, failuresCounted } from './chain-wait.ts';

type Link = Pick<Sync, '_id' | 'from' | 'to' | 'paused' | 'nextRunAt' | 'updatedAt' | 'revision'>;
type ActiveRun = Pick<Run, '_id' | 'sync' | 'closing' | 'plan'>;
type Revisions = Pick<Run['plan'], 'syncRevision' | 'fromRevision' | 'toRevision'>;
type EndedRun = Pick<Run, 'state' | 'ledger' | 'endedAt'> & { plan: Revisions };
type Sides = [from: ConnectionSummary, to: ConnectionSummary];

const link = { from: 1, to: 1, paused: 1, nextRunAt: 1, updatedAt: 1, revision: 1 } as const;
const ended = {
  ...{ state: 1, ledger: 1, endedAt: 1 },
  ...{ 'plan.syncRevision': 1, 'plan.fromRevision': 1, 'plan.toRevision': 1 },
} as const;
const refusedWait = 60_000;
const checkConnectionsEvery = 10_000;

/**
 * Keeps the chains of endless streams going: a run after each run, unless the sync is paused; after a failure once its wait is over. A run that no
 * longer does what the sync says is closed, so that the next one does.
 */
@Injectable()
export class Chains {
  #connectionsCheckedAt = 0;

  constructor(
    private readonly collections: Collections,
    private readonly connections: Connections,
    private readonly runs: Runs,
    private readonly queues: WorkQueues,
    private readonly log: Log,
  ) {}

  /** Right after a run of the sync has ended. */
  async goOn(syncId: string): Promise<void> {
    const sync = await this.collections.syncs.findOne({ _id: syncId, read: 'stream' }, { projection: link });
    if (sync) await this.startIfDue(sync, new Date());
  }

  /** Heals what a crash has left behind, and heeds what operators changed. */
  async sweep(now = new Date()): Promise<void> {
    const active = await this.activeRuns(); // asked first: a run that begins meanwhile is of a sync that is seen
    const streams = await this.collections.syncs.find({ read: 'stream' }, { projection: link }).toArray();
    await this.closeTurned(active, streams);
    if (streams.length === 0) return;
    const looksAtConnections = now.getTime() - this.#connectionsCheckedAt >= checkConnectionsEvery;
    if (looksAtConnections) this.#connectionsCheckedAt = now.getTime();
    for (const sync of streams) {
      const run = active.get(sync._id);
      if (!run) await this.startIfDue(sync, now, looksAtConnections);
      else if (!run.closing && (await this.isOutdated(sync, run, looksAtConnections))) await this.close(run);
    }
  }

  private async activeRuns(): Promise<Map<string, ActiveRun>> {
    const shown = { sync: 1, closing: 1, plan: 1 };
    const found = await this.collections.runs
      .find({ active: true, 'plan.read': 'stream' }, { projection: shown })
      .toArray();
    return new Map(found.map((run) => [run.sync, run]));
  }

  /** Whose sync is no longer one of a stream. */
  private async closeTurned(active: ReadonlyMap<string, ActiveRun>, streams: Link[]): Promise<void> {
    const followed = new Set(streams.map(({ _id }) => _id));
    for (const run of active.values())
      if (!followed.has(run.sync) && !run.closing && isSubscription(run)) await this.close(run);
  }

  private async isOutdated(sync: Link, { plan }: ActiveRun, looksAtConnections: boolean): Promise<boolean> {
    if (sync.paused || sync.revision !== plan.syncRevision) return true;
    if (!looksAtConnections) return false;
    const sides = await this.sidesOf(sync);
    return sides.some(({ enabled }) => !enabled) || wereChanged(sides, plan);
  }

  private async close({ _id }: ActiveRun): Promise<void> {
    await this.collections.runs.updateOne(
      { _id, active: true },
      { $set: { closing: true }, $unset: { notBefore: '' } },
    );
    await this.queues.addRun(_id);
  }

  private async startIfDue(sync: Link, now: Date, looksAtConnections = false): Promise<void> {
    if (sync.paused) return;
    const rests = sync.nextRunAt !== undefined && sync.nextRunAt > now;
    if (rests && !looksAtConnections) return;
    const last = await this.lastRuns(sync);
    const dueAt = await this.afterFailure(sync, last);
    if (rests && (dueAt || last[0]?.state !== 'failed')) return;
    if (dueAt && dueAt > now) return this.rest(sync, dueAt);
    if (await this.isDisabled(sync)) return;
    try {
      await this.runs.start(sync._id, { trigger: 'chain' });
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      if (error.code === 'run_active' || error.code === 'conflict') return; // started elsewhere, or paused meanwhile
      this.log.warn({ sync: sync._id, code: error.code, reason: error.message }, 'an endless stream cannot go on');
      return this.rest(sync, new Date(now.getTime() + refusedWait));
    }
    if (sync.nextRunAt) await this.collections.syncs.updateOne({ _id: sync._id }, { $unset: { nextRunAt: '' } });
  }

  private lastRuns({ _id }: Link): Promise<EndedRun[]> {
    const newest = { projection: ended, sort: { _id: -1 }, limit: failuresCounted } as const;
    return this.collections.runs.find({ sync: _id }, newest).toArray();
  }

  /** Until when a sync whose last run failed rests: not at all where an operator has changed it since, or one of its connections. */
  private async afterFailure(sync: Link, last: EndedRun[]): Promise<Date | undefined> {
    const [latest] = last;
    if (latest?.state !== 'failed' || !latest.endedAt) return undefined;
    if (sync.updatedAt > latest.endedAt || sync.revision !== latest.plan.syncRevision) return undefined;
    if (wereChanged(await this.sidesOf(sync), latest.plan)) return undefined;
    return new Date(latest.endedAt.getTime() + chainWait(last));
  }

  private async rest({ _id }: Link, until: Date): Promise<void> {
    await this.collections.syncs.updateOne({ _id }, { $set: { nextRunAt: until } });
  }

  private async isDisabled(sync: Link): Promise<boolean> {
    return (await this.sidesOf(sync)).some(({ enabled }) => !enabled);
  }

  private async sidesOf({ from, to }: Pick<Sync, 'from' | 'to'>): Promise<Sides> {
    return [await this.connections.summary(from.connection), await this.connections.summary(to.connection)];
  }
}

/** Since the run was planned. */
function wereChanged([from, to]: Sides, { fromRevision, toRevision }: Revisions): boolean {
  return from.revision !== fromRevision || to.revision !== toRevision;
}
