import type { CursorWindow } from '@millrace/sdk';
import { timeOf, type CursorValue } from './cursor.ts';

/** Whether a cursor value lies in the window; of times a date alone means the whole day, in UTC. What has no value lies in none. */
export function windowTest({ from, to }: CursorWindow): (cursor: CursorValue | undefined) => boolean {
  return (cursor) =>
    cursor !== undefined &&
    (from === undefined || compare(cursor, from, dayIfBare(from)) >= 0) &&
    (to === undefined || compare(cursor, to, dayIfBare(to)) <= 0);
}

const bareDay = /^\d{4}-\d{2}-\d{2}$/;

function dayIfBare(bound: CursorValue): number | undefined {
  return typeof bound === 'string' && bareDay.test(bound) ? bound.length : undefined;
}

/** As numbers where both are some, as times where both are some, else as texts; of times only so many characters, where that is said. */
function compare(cursor: CursorValue, bound: CursorValue, characters?: number): number {
  if (!Number.isNaN(numberOf(cursor)) && !Number.isNaN(numberOf(bound))) return numberOf(cursor) - numberOf(bound);
  const [a, b] = [timeOf(cursor) ?? String(cursor), timeOf(bound) ?? String(bound)].map((text) =>
    text.slice(0, characters),
  ) as [string, string];
  return a < b ? -1 : a > b ? 1 : 0;
}

function numberOf(value: CursorValue): number {
  return value === '' ? NaN : Number(value);
}
