/** How often a message is tried: about 3 h; where the other side refused it, about a minute. */
export function mostAttempts(retryable: boolean): number {
  return retryable ? 15 : 4;
}

/** Milliseconds that nothing waits longer than. */
export const longestPause = 30 * 60_000;

/** Milliseconds until the next attempt, with jitter: 5 s at first, doubled up to 30 min; longer, up to that, where the other side asks for it. */
export function pauseAfter(attempts: number, asked = 0, random: () => number = Math.random): number {
  const ceiling = Math.min(5_000 * 2 ** (attempts - 1), longestPause);
  return Math.max(Math.min(asked, longestPause), ceiling * (0.75 + random() / 4));
}
