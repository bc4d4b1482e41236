import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { MillraceError, messageOf } from '@millrace/sdk';
import { FailureLog, Log, Regularly, Settings } from '#platform';
import { Collections } from '../collections.ts';
import { Workers } from '../queues/workers.ts';
import { Runs } from '../runs/runs.ts';
import type { Schedule } from '../syncs/sync.schema.ts';
import { Chains } from './chains.ts';
import { Followers } from './followers.ts';
import { nextRunAt } from './next-run.ts';
import { ClockCorrection } from './clock-correction.ts';
import { Reconciler } from './reconciler.ts';

const tick = 2_000;
const atATime = 100;
/** Milliseconds after which a due time counts as missed: nobody looked. */
const punctual = 60_000;
/** Of those so many a tick are started at first: after an outage, not all at once. */
const fewMissed = 3;

/** Milliseconds until a sync runs again whose schedule cannot be read. */
const unreadablePause = 3_600_000;

/** Starts the syncs that are due, and lets the reconciler sweep. Runs in every working process; what they do twice does no harm. */
@Injectable()
export class Ticker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private looking?: Regularly;
  /** As many missed ones are started at a time: more with every look at which this process has places free. */
  private missedATime = fewMissed;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly collections: Collections,
    private readonly runs: Runs,
    private readonly followers: Followers,
    private readonly chains: Chains,
    private readonly reconciler: Reconciler,
    private readonly clockCorrection: ClockCorrection,
    private readonly workers: Workers,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    const failures = new FailureLog(this.log, 'the ticker failed; it tries again');
    this.looking = new Regularly(tick, () => this.look(), failures.tell);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.looking?.end();
  }

  private async look(): Promise<void> {
    await this.clockCorrection.sweep(new Date());
    await this.startDue(new Date());
    await this.followers.sweep();
    await this.chains.sweep();
    await this.reconciler.sweep();
  }

  /** Missed times coalesce into one run; the next time is counted from now. A run knows the time it was due at, so that nobody starts it twice. */
  async startDue(now: Date): Promise<void> {
    const missedBefore = new Date(now.getTime() - punctual);
    const missed = await this.dueBetween({ $lte: missedBefore }, this.missedATime);
    const hasMore = missed.length === this.missedATime && this.workers.haveFreePlaces;
    this.missedATime = hasMore ? Math.min(2 * this.missedATime, atATime) : fewMissed;
    const due = [...(await this.dueBetween({ $gt: missedBefore, $lte: now }, atATime)), ...missed];
    for (const { _id, schedule, nextRunAt: at } of due) {
      if (!schedule || !at) continue;
      await this.start(_id, at);
      const next = this.nextOf(_id, schedule, now);
      await this.collections.syncs.updateOne({ _id, nextRunAt: at }, { $set: { nextRunAt: next } });
    }
  }

  /** A stored schedule that cannot be read any more (time zones come and go with Node.js) must hold up no other sync, and be noticed. */
  private nextOf(sync: string, schedule: Schedule, now: Date): Date | undefined {
    try {
      return nextRunAt(schedule, now);
    } catch (error) {
      this.log.error({ sync, error: messageOf(error) }, 'the schedule of a sync cannot be read: it runs once an hour');
      return new Date(now.getTime() + unreadablePause);
    }
  }

  private dueBetween(nextRunAt: { $gt?: Date; $lte: Date }, limit: number) {
    const found = this.collections.syncs.find(
      { nextRunAt, paused: false },
      { projection: { schedule: 1, nextRunAt: 1 }, limit, sort: { nextRunAt: 1 } },
    );
    return found.toArray();
  }

  private async start(sync: string, scheduledFor: Date): Promise<void> {
    try {
      await this.runs.start(sync, { trigger: 'schedule', scheduledFor });
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      this.log.info({ sync, code: error.code, reason: error.message }, 'a scheduled run was not started');
    }
  }
}
