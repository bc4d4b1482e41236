/** How often a message is tried: about 3 h; where the other side refused it, about a minute. */
export function mostAttempts(retryable: boolean): number {
  return retryable ? 15 : 4;
}

/** Milliseconds until the next attempt, with jitter: 5 s at first, doubled up to 30 min. */
export function pauseAfter(attempts: number, random: () => number = Math.random): number {
  const ceiling = Math.min(5_000 * 2 ** (attempts - 1), 30 * 60_000);
  return ceiling * (0.75 + random() / 4);
}
