import type { mongo } from 'mongoose';
import { keepsItsTime } from './sync-changes.ts';
import type { Sync } from './sync.schema.ts';

/** What people say a sync should be. */
const said = [
  ...(['name', 'slug', 'from', 'to', 'outputs', 'writes', 'filter', 'read', 'consumers'] as const),
  ...(['mode', 'usual', 'delivery', 'drift', 'schedule', 'labels', 'paused'] as const),
] satisfies (keyof Sync)[];

export interface SyncConsequences {
  /** The next run reads from the start. */
  anew: boolean;
  /** It has another destination, or its destination leads to another place. */
  moved: boolean;
  /** What has arrived is told anew. */
  forgetsReach: boolean;
  /** The success of another sync that it ran for last; absent: as it was. */
  followed?: { success?: string };
}

/**
 * Makes a stored sync be `next`. What runs note at it meanwhile (how they ended, where the next one starts) stays: asking the connections about a change takes
 * seconds, and a run that ends in between must not be forgotten.
 */
export function syncUpdate(
  next: Partial<Sync>,
  existing: Sync,
  { anew, moved, forgetsReach, followed }: SyncConsequences,
): mongo.UpdateFilter<Sync> {
  const revision = existing.revision + 1;
  const fields: Partial<Record<keyof Sync, unknown>> = {
    ...Object.fromEntries(said.map((field) => [field, next[field]])),
    ...(!keepsItsTime(next, existing) && { nextRunAt: next.schedule && next.nextRunAt }),
    ...(followed && { followed: followed.success }),
    ...(anew && { startsFrom: undefined, anewSince: revision }),
    ...(next.places && { places: next.places }),
    ...(moved && { moved }),
    ...(forgetsReach && { reaches: undefined }),
    revision,
    updatedAt: new Date(),
  };
  const entries = Object.entries(fields);
  const gone = entries.filter(([, value]) => value === undefined).map(([field]) => [field, ''] as const);
  return {
    $set: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    ...(gone.length > 0 && { $unset: Object.fromEntries(gone) }),
  };
}
