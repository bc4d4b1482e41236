import type { RunOptions } from '../api/index.ts';

type Window = NonNullable<RunOptions['window']>;

/** What was typed as a window; undefined: nothing yet. */
export function windowOf({ from, to }: { from: string; to: string }): Window | undefined {
  const [first, last] = [from.trim(), to.trim()];
  if (first === '' && last === '') return undefined;
  return { ...(first !== '' && { from: first }), ...(last !== '' && { to: last }) };
}

/** What a backfill of it reads. */
export function backfillText(cursor: string | undefined, window: Window | undefined): string {
  const what = cursor === undefined ? 'cursor' : `“${cursor}”`;
  return `Reads the rows whose ${what} ${liesText(window)} once more. The next run starts where it would have without it.`;
}

function liesText({ from, to }: Window = {}): string {
  if (from === undefined && to === undefined) return 'lies within a window';
  if (to === undefined) return `is ${from} or later`;
  return from === undefined ? `is ${to} or earlier` : `lies from ${from} to ${to}, both included,`;
}
