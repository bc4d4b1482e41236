import { isWholeDay, type CursorWindow } from '@millrace/sdk';
import { timeOf, type CursorValue } from './cursor.ts';

/** Whether a cursor value lies in the window; of times a date alone means the whole day, in UTC. What has no value lies in none. */
export function windowTest({ from, to }: CursorWindow): (cursor: CursorValue | undefined) => boolean {
  const [first, last] = [from, to].map((bound) => (bound === undefined ? undefined : comparedTo(bound)));
  return (cursor) =>
    cursor !== undefined && (first === undefined || first(cursor) >= 0) && (last === undefined || last(cursor) <= 0);
}

/** As numbers where both are some, as times where both are some, else as texts; of times only the day, where that is all that is said. */
function comparedTo(bound: CursorValue): (cursor: CursorValue) => number {
  const characters = isWholeDay(bound) ? bound.length : undefined;
  const textOf = (value: CursorValue): string => (timeOf(value) ?? String(value)).slice(0, characters);
  const [number, text] = [numberOf(bound), textOf(bound)];
  return (cursor) => {
    const difference = numberOf(cursor) - number;
    if (!Number.isNaN(difference)) return difference;
    const own = textOf(cursor);
    return own < text ? -1 : own > text ? 1 : 0;
  };
}

function numberOf(value: CursorValue): number {
  return value === '' ? NaN : Number(value);
}
