import type { LaneLag } from '@millrace/sdk';
import type { HeldLane } from './held-lane.ts';
import type { Bounds } from './start-of.ts';

/**
 * How far each lane is behind the end of its partition, as brokers count: markers of transactions and what compaction has removed are among the
 * offsets. Undefined: of some lane it is not known yet where it stands.
 */
export function lagsOf(lanes: HeldLane[], ends: Map<number, Bounds>, now: number): Record<string, LaneLag> | undefined {
  const lags: [string, LaneLag][] = [];
  for (const lane of lanes) {
    const bounds = ends.get(lane.partition);
    const arrived = lane.arrivedUpTo;
    if (!bounds || arrived === undefined) return undefined;
    const records = Math.max(0, bounds.high - Math.max(arrived, bounds.low));
    if (records === 0) lane.caughtUpAt = now;
    lags.push([lane.name, records === 0 ? { records, seconds: 0 } : { records, ...waiting(lane, now) }]);
  }
  return Object.fromEntries(lags);
}

/** What waits came after the last message that arrived, and after the last time that nothing waited. */
function waiting({ arrivedAt = 0, caughtUpAt = 0 }: HeldLane, now: number): Pick<LaneLag, 'seconds'> {
  const since = Math.max(arrivedAt, caughtUpAt);
  return since === 0 ? {} : { seconds: Math.max(0, now - since) / 1_000 };
}
