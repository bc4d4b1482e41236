import { isObject, type Json } from '@millrace/sdk';
import type { Run } from '../../runs/run.schema.ts';
import type { LaneState, SliceDocument } from '../../runs/slice.schema.ts';
import { laneOf } from './lane-names.ts';

/** Per lane, the `resume` of its last durable page; `null`: the lane has ended. */
export type Lanes = Record<string, Json>;

/** Where each lane goes on: what the run began with, then what its slices have committed, the latest holder of a lane last. */
export function durableLanes({ plan }: Pick<Run, 'plan'>, slices: Pick<SliceDocument, 'lanes'>[]): Lanes {
  const held = slices.flatMap(({ lanes = {} }) => Object.entries(lanes));
  const committed = held
    .filter(([, { resume }]) => resume !== undefined)
    .toSorted(([, a], [, b]) => termOf(a) - termOf(b))
    .map(([field, { resume }]) => [laneOf(field), resume as Json] as const);
  return Object.fromEntries([...Object.entries(lanesIn(plan.startsFrom)), ...committed]);
}

/** Likewise, as far as all rows have arrived: batches of a run that failed or was cancelled are not sent any more. */
export function deliveredLanes(
  run: Pick<Run, 'plan'>,
  slices: Pick<SliceDocument, 'lanes' | 'batches' | 'undelivered'>[],
): Lanes {
  const lanes = new Map(Object.entries(durableLanes(run, slices)));
  for (const { batches = [], undelivered } of slices) {
    if (batches.length === 0 || !undelivered) continue;
    const { lane, from } = undelivered;
    if (from === undefined) lanes.delete(laneOf(lane));
    else lanes.set(laneOf(lane), from);
  }
  return Object.fromEntries(lanes);
}

/** The lanes in a sync's stored state. */
export function lanesIn(startsFrom: Json | undefined): Lanes {
  const lanes = isObject(startsFrom) ? startsFrom.lanes : undefined;
  return isObject(lanes) ? lanes : {};
}

/** Without lanes that have ended. */
export function openLanes(lanes: Lanes): Lanes {
  return Object.fromEntries(Object.entries(lanes).filter(([, resume]) => resume !== null));
}

function termOf({ term = 0 }: LaneState): number {
  return term;
}
