import { randomInt } from 'node:crypto';

export interface Chance {
  /** Give it to MILLRACE_FAULT_SEED to repeat what happened. */
  seed: number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
}

/** Randomness that can be repeated (mulberry32). Its seed belongs into the test's name. */
export function chance(): Chance {
  const seed = Number(process.env.MILLRACE_FAULT_SEED ?? randomInt(1, 2 ** 31));
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    seed,
    int,
    pick: <T>(list: readonly T[]) => list[int(0, list.length - 1)] as T,
  };
}
