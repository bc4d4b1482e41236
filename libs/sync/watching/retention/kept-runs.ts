import type { mongo } from 'mongoose';
import type { Collections } from '../../collections.ts';
import type { Run } from '../../runs/run.schema.ts';

/**
 * The runs of these syncs that stay however old they are: the last one, the last success, and the last success that read everything (an
 * empty read is judged by it).
 */
export async function keptOf(syncs: string[], { syncs: known, runs }: Collections): Promise<Set<string>> {
  const kept = new Set<string>();
  const found = known.find({ _id: { $in: syncs } }, { projection: { lastRun: 1 } });
  for await (const { _id: sync, lastRun } of found) {
    if (lastRun) kept.add(lastRun.id);
    const whole: mongo.Filter<Run> = {
      sync,
      state: 'succeeded',
      'plan.window': { $exists: false },
      'plan.replay': { $exists: false },
    };
    for (const filter of [whole, { ...whole, 'plan.startsFrom': { $exists: false } }]) {
      const last = await runs.findOne(filter, { sort: { _id: -1 }, projection: { _id: 1 } });
      if (last) kept.add(last._id);
    }
  }
  return kept;
}
