import type { Settings } from '#platform';
import type { LaneTimes } from './own-lane.ts';

const day = 86_400_000;

export function laneTimes({ lease, inboxDays }: Settings): LaneTimes {
  return { silence: lease * 1_000, horizon: inboxDays * day };
}
