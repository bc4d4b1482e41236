import type { mongo } from 'mongoose';
import { MillraceError, messageOf, type SubscribeContext } from '@millrace/sdk';
import type { Log } from '#platform';
import type { Batches } from '../../delivery/batches.ts';
import { deliveryFor } from '../../delivery/delivery-for.ts';
import type { SliceDelivery } from '../../delivery/delivery.ts';
import type { Drift } from '../../drift/drift.ts';
import type { Rejects } from '../../rejects/rejects.ts';
import type { Run } from '../../runs/run.schema.ts';
import type { Sync } from '../../syncs/sync.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import type { Circuits } from '../push/circuits.ts';
import { LagWatch } from './lag-watch.ts';
import { LaneClaims } from './lane-claims.ts';
import { LanePlace } from './lane-place.ts';
import { LaneWriter } from './lane-writer.ts';
import type { OpenRun } from '../opening/open-run.ts';
import { prefetch } from '../slices/prefetch.ts';
import type { RunObservers } from '../run-observers.ts';
import type { SliceLease } from '../slices/slice-lease.ts';
import type { TurnEnd } from '../slices/slice-turn.ts';
import { subscribedPages } from './subscribed-pages.ts';
import type { SubscriptionEnd } from './subscription-end.ts';
import { isDue, type SubscriptionLimits } from './subscription-limits.ts';
import { cancelCheck } from '../timing.ts';

export interface SubscriptionTurnOptions {
  run: Run;
  held: SliceLease;
  open: OpenRun;
  end: SubscriptionEnd;
  runs: mongo.Collection<Run>;
  slices: mongo.Collection<SliceDocument>;
  syncs: mongo.Collection<Sync>;
  rejects: Rejects;
  batches: Batches;
  circuits: Pick<Circuits, 'worked'>;
  observers: RunObservers;
  drift: Drift;
  limits: SubscriptionLimits;
  log: Log;
}

/** Follows an endless stream as one of a run's subscribers, until the run is to be closed or somebody else is to go on. */
export class SubscriptionTurn {
  private readonly claims: LaneClaims;
  private readonly place: LanePlace;
  private readonly delivery: SliceDelivery;
  private readonly proven = new Set<string>();

  constructor(private readonly options: SubscriptionTurnOptions) {
    this.claims = new LaneClaims(options);
    this.place = new LanePlace(options.held, this.claims, options.run.plan.to.connection);
    this.delivery = deliveryFor({ ...options, place: this.place });
  }

  async take(): Promise<TurnEnd> {
    const { end, held, open } = this.options;
    const unwatch = this.watch();
    try {
      const at = await end.before(() => this.drain());
      if (open.outdated) await this.close(); // its places may be those of another system
      if (at) return { at, said: this.delivery.said };
      return (await this.follow()) ?? this.ended();
    } catch (error) {
      // A source may end by throwing what its signal says.
      if (end.ending && !end.failed && end.signal.aborted && !held.signal.aborted) return this.ended();
      throw error;
    } finally {
      unwatch();
      await this.delivery.quiet();
    }
  }

  /** What a former turn has read, but not delivered. */
  private async drain(): Promise<Date | undefined> {
    await this.delivery.start();
    const at = await this.delivery.settle();
    if (!at && this.options.held.slice.writing) await this.claims.rest();
    return at;
  }

  private async follow(): Promise<TurnEnd | undefined> {
    const { run, open, held, end, drift, limits, log } = this.options;
    if (end.ending) return undefined;
    const { name } = open.settings;
    const context = await this.context();
    const watch = await drift.watch(run, held.slice, open);
    const { claims, place, delivery } = this;
    const writer = new LaneWriter({ open, context, held, claims, place, delivery, drift: watch, log });
    const pages = subscribedPages(name, this.subscribe(context), claims);
    const { from, to } = run.plan;
    const told = () => this.works(from.connection);
    const lag = open.stream.lag && new LagWatch({ ...this.options, told }, context);
    let later: Date | undefined;
    try {
      for await (const page of prefetch(pages, end.overdue, log)) {
        if (end.signal.aborted) continue; // it was on its way: whoever comes next reads it again
        const result = await end.before(() => writer.write(page));
        if (Array.isArray(result)) await drift.hold(run, result, open);
        if (result instanceof Date) later = result;
        if (result === 'done') await this.works(from.connection, to.connection);
        if (result !== 'done') end.want('leaving');
        else if (isDue(run, held.slice, limits)) await this.close();
      }
    } finally {
      lag?.end();
    }
    held.permit();
    await watch?.end();
    if (later) return { at: later, said: this.delivery.said };
    if (end.ending) return undefined;
    throw new MillraceError('remote_error', `The subscription to "${name}" ended by itself. It is made anew.`);
  }

  /** Whoever rests for the connections' sake need not wait for the end of this turn, which may be far. */
  private async works(...connections: string[]): Promise<void> {
    const news = connections.filter((connection) => !this.proven.has(connection));
    if (news.length === 0) return;
    for (const connection of news) this.proven.add(connection);
    await this.options.circuits.worked(news);
  }

  private ended(): TurnEnd {
    const { end, held } = this.options;
    if (end.ending === 'closing') return 'done';
    return held.isRunHeld ? 'held' : {};
  }

  private async context(): Promise<SubscribeContext> {
    const { run, open, held } = this.options;
    const { index, of } = held.slice.spec as { index: number; of: number };
    return {
      ...open.context,
      lanes: await this.claims.durable(),
      consumer: { group: run.sync, index, of },
      assign: (lane) => this.claims.assign(lane),
      places: () => this.claims.arrived(),
    };
  }

  private subscribe(context: SubscribeContext) {
    const { stream, settings } = this.options.open;
    if (stream.subscribe) return stream.subscribe(context);
    const advice = 'Choose `read: full` or `incremental`.';
    throw new MillraceError('invalid_connector', `Stream "${settings.name}" cannot be subscribed to. ${advice}`);
  }

  /** What the run says of it. Returns what ends the watching. */
  private watch(): () => void {
    const { run, held, end, limits, log } = this.options;
    const look = (): void => {
      if (held.isRunHeld || held.wanted) end.want('leaving');
      if (end.waits) held.moves();
      if (end.ending || !isDue(run, held.slice, limits)) return;
      this.close().catch((error: unknown) =>
        log.warn({ run: run._id, error: messageOf(error) }, 'the run could not be closed yet'),
      );
    };
    const timer = setInterval(look, cancelCheck);
    return () => clearInterval(timer);
  }

  /** Lets all subscribers of the run end, so that it can be closed. */
  private async close(): Promise<void> {
    const { run, runs, end } = this.options;
    await runs.updateOne({ _id: run._id, active: true }, { $set: { closing: true } });
    end.want('closing');
  }
}
