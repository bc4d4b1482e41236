/** Milliseconds after which a firing that could not be delivered is given up. */
const longestPatience = 24 * 3_600_000;
/** How often one is tried that the other side refused. */
const mostRefusals = 4;
/** Failures in a row after which a trigger rests. */
const failuresUntilRest = 3;

const firstPause = 2_000;
/** Milliseconds that no firing waits longer than until it is tried again. */
export const longestPause = 3_600_000;
/** Milliseconds that no trigger rests longer than. */
export const longestRest = 15 * 60_000;

export function isGivenUp(
  { attempts, readyAt }: { attempts: number; readyAt: Date },
  retryable: boolean,
  now: Date,
): boolean {
  return retryable ? now.getTime() - readyAt.getTime() > longestPatience : attempts >= mostRefusals;
}

/** Milliseconds until the next attempt, with jitter: 2 s at first, doubled up to an hour; longer where the other side asks for it. */
export function pauseAfter(attempts: number, asked = 0, random: () => number = Math.random): number {
  const ceiling = Math.min(firstPause * 2 ** (attempts - 1), longestPause);
  return Math.max(Math.min(asked, longestPause), ceiling * (0.75 + random() / 4));
}

/** Milliseconds that a trigger rests after so many failures in a row; 0: it goes on. */
export function restAfter(failures: number): number {
  if (failures < failuresUntilRest) return 0;
  return Math.min(firstPause * 2 ** (failures - failuresUntilRest), longestRest);
}
