import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Log } from '#platform';
import { Collections } from '../collections.ts';
import { Runs } from '../runs/runs.ts';
import type { Sync } from '../syncs/sync.schema.ts';

type Follower = Pick<Sync, '_id' | 'schedule' | 'followed'>;

/** Starts syncs that run after another one: once for its last success, however many there were since, and whatever was missed. */
@Injectable()
export class Followers {
  constructor(
    private readonly collections: Collections,
    private readonly runs: Runs,
    private readonly log: Log,
  ) {}

  async sweep(): Promise<void> {
    const { syncs } = this.collections;
    const followers = await syncs
      .find<Follower>(
        { 'schedule.after': { $exists: true }, paused: false },
        { projection: { schedule: 1, followed: 1 } },
      )
      .toArray();
    if (followers.length === 0) return;
    const leaders = await syncs
      .find({ _id: { $in: followers.map(leaderOf) } }, { projection: { lastSuccess: 1 } })
      .toArray();
    const successes = new Map(leaders.map(({ _id, lastSuccess }) => [_id, lastSuccess]));
    for (const follower of followers) {
      const success = successes.get(leaderOf(follower));
      if (success !== undefined && success !== follower.followed) await this.follow(follower, success);
    }
  }

  /** Noted after the start: a crash between makes it run twice rather than never. */
  private async follow({ _id, schedule }: Follower, success: string): Promise<void> {
    try {
      await this.runs.start(_id, { trigger: 'sync' });
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      if (error.code === 'run_active') return; // it follows once that one has ended
      this.log.info(
        { sync: _id, code: error.code, reason: error.message },
        'a sync that runs after another was not started',
      );
      if (error.code === 'connector_disabled') return;
    }
    await this.collections.syncs.updateOne({ _id, schedule }, { $set: { followed: success } });
  }
}

function leaderOf({ schedule }: Follower): string {
  return schedule && 'after' in schedule ? schedule.after : '';
}
