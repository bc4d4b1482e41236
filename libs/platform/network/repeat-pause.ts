const firstPauseMs = 500;
const longestPauseMs = 30_000;

/** Milliseconds before a request is repeated: full jitter, and never less than what the other side asked for. Some ask for 0 seconds where the rest of one is meant. */
export function repeatPause(repeat: number, asked = 0, random: () => number = Math.random): number {
  return Math.max(asked, random() * Math.min(longestPauseMs, firstPauseMs * 2 ** repeat));
}
