import type { Run } from '../runs/run.schema.ts';

const shortest = 15_000;
const longest = 1_800_000;

/** More failures in a row make no longer wait. */
export const failuresCounted = 8;

/** Milliseconds that an endless stream rests after runs that failed without a row; the newest run first. */
export function chainWait(last: Pick<Run, 'state' | 'ledger'>[]): number {
  const fruitless = last.findIndex(({ state, ledger }) => state !== 'failed' || ledger.read > 0);
  const failures = fruitless < 0 ? last.length : fruitless;
  return Math.min(shortest * 2 ** Math.max(0, failures - 1), longest);
}
