import type { LaneLag } from '@millrace/sdk';

/** How far an endless stream was behind its source at a moment. */
export interface Lag {
  /** Records that had not arrived. Absent: the source does not count. */
  records?: number;
  /** For how long the oldest of them had been there; 0: everything had arrived. Absent: nobody can tell. */
  seconds?: number;
  at: Date;
}

/** What a subscriber told last, by its number. */
export type ToldLags = Record<string, Lag>;

/** Milliseconds after which a subscriber that tells nothing counts as falling behind. */
const patience = 60_000;

/** Of all lanes of a subscriber. */
export function lagOfLanes(lanes: Record<string, LaneLag>, at: Date): Lag {
  const list = Object.values(lanes);
  return { ...sumOf(list.map((lane) => (lane.records === 0 ? { ...lane, seconds: 0 } : lane))), at };
}

/** Of all subscribers of a run that have told it. What one has not told since grows as time goes by. */
export function lagOf({ lag = {}, active }: { lag?: ToldLags; active?: boolean }, now = new Date()): Lag | undefined {
  const told = Object.values(lag);
  if (told.length === 0) return undefined;
  const grown = told.map(({ seconds, at, ...rest }) => {
    const silence = now.getTime() - at.getTime();
    const more = active && silence > patience ? silence / 1_000 : 0;
    return { ...rest, ...(seconds !== undefined && { seconds: seconds + more }) };
  });
  return { ...sumOf(grown), at: new Date(Math.min(...told.map(({ at }) => at.getTime()))) };
}

/** Everything that the source had then has arrived. Undefined where not all of so many subscribers know. */
export function reachOf(lag: ToldLags, subscribers: number): Date | undefined {
  const told = Object.values(lag);
  const reaches = told.flatMap(({ seconds, at }) => (seconds === undefined ? [] : [at.getTime() - seconds * 1_000]));
  return reaches.length === subscribers ? new Date(Math.min(...reaches)) : undefined;
}

function sumOf(lags: LaneLag[]): LaneLag {
  const counted = lags.flatMap(({ records }) => records ?? []);
  const timed = lags.flatMap(({ seconds }) => seconds ?? []);
  return {
    ...(counted.length > 0 || lags.length === 0 ? { records: counted.reduce((sum, one) => sum + one, 0) } : {}),
    ...(timed.length === lags.length && { seconds: Math.max(0, ...timed) }),
  };
}
