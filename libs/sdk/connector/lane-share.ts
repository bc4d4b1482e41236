import { createHash } from 'node:crypto';
import type { Json } from '../json.ts';

/** Of numbered lanes, what is a subscriber's, and where it stands in each. */
export interface LaneShare {
  /** By lane, the number of the last item that is not wanted any more. */
  after: Record<string, number>;
  isMine: (lane: string) => boolean;
}

/** The lanes of one of several subscribers, by `ctx.consumer`: shared out evenly, whatever their names. */
export function laneShare(places: Record<string, Json>, { index, of }: { index: number; of: number }): LaneShare {
  return {
    after: Object.fromEntries(Object.entries(places).map(([lane, resume]) => [lane, placeOf(resume)])),
    isMine: (lane) => shareOf(lane) % of === index,
  };
}

function placeOf(resume: Json): number {
  return typeof resume === 'number' ? resume : 0;
}

function shareOf(lane: string): number {
  return createHash('sha256').update(lane).digest().readUInt32BE();
}
