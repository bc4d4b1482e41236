import type { mongo } from 'mongoose';
import type { Run } from '../../runs/run.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import type { Sync } from '../../syncs/sync.schema.ts';
import { deliveredLanes, openLanes } from './durable-lanes.ts';

/**
 * Keeps where a run's lanes go on, however it ended: what it has delivered stays, and the broker may have forgotten it. Leaves a sync alone that is
 * to be read anew.
 */
export async function storeLanes(
  run: Run,
  { slices, syncs }: { slices: mongo.Collection<SliceDocument>; syncs: mongo.Collection<Sync> },
): Promise<void> {
  const shown = { lanes: 1, batches: 1, undelivered: 1 };
  const documents = await slices.find({ run: run._id }, { projection: shown }).toArray();
  await syncs.updateOne(
    { _id: run.sync, read: 'stream', anewSince: { $not: { $gt: run.plan.syncRevision } } },
    { $set: { startsFrom: { lanes: openLanes(deliveredLanes(run, documents)) } } },
  );
}

/** Subscribers that wait have nothing more to do in a run that is closing, unless they have rows to deliver. */
export async function endWaiting(run: string, slices: mongo.Collection<SliceDocument>): Promise<void> {
  await slices.updateMany({ run, state: 'pending', 'batches.0': { $exists: false } }, { $set: { state: 'done' } });
}
