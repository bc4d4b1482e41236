import type { mongo } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { checkSchedule } from './check-schedule.ts';
import type { Schedule, Sync } from '../syncs/sync.schema.ts';

const longestChain = 50;

/** A schedule as it is kept: the sync that it follows by its id. Throws `invalid_schedule` where it says no time, there is no such sync, or it follows itself. */
export async function keptSchedule(
  schedule: Schedule,
  syncs: mongo.Collection<Sync>,
  self: string | undefined,
): Promise<Schedule> {
  checkSchedule(schedule);
  if (!('after' in schedule)) return schedule;
  const followed = await find(schedule.after, syncs);
  if (!followed)
    throw new MillraceError(
      'invalid_schedule',
      `There is no sync "${schedule.after}" to run after. GET /api/syncs lists them.`,
    );
  let next: Pick<Sync, '_id' | 'schedule'> | null = followed;
  for (let length = 0; next; length++) {
    if (next._id === self || length > longestChain)
      throw new MillraceError('invalid_schedule', 'The sync would run after itself. Choose another one to run after.');
    next = next.schedule && 'after' in next.schedule ? await find(next.schedule.after, syncs) : null;
  }
  return { after: followed._id };
}

/**
 * Whether a stored schedule may stay: two may have been told at the same moment to run after each other, or the other one was being removed. Throws
 * `invalid_schedule`.
 */
export async function confirmFollowing({ _id, schedule }: Sync, syncs: mongo.Collection<Sync>): Promise<void> {
  if (!schedule || !('after' in schedule)) return;
  await syncs.updateOne({ _id: schedule.after }, { $inc: { timesFollowed: 1 } }); // whoever is removing it notices
  await keptSchedule(schedule, syncs, _id);
}

function find(idOrSlug: string, syncs: mongo.Collection<Sync>): Promise<Pick<Sync, '_id' | 'schedule'> | null> {
  const filter = idOrSlug.startsWith('syn_') ? { _id: idOrSlug } : { slug: idOrSlug };
  return syncs.findOne(filter, { projection: { schedule: 1 } });
}
