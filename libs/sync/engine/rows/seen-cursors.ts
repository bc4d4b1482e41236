import { isLess, yieldsTo, type CursorValue } from './cursor.ts';

/** The cursor values of some rows, in short. */
export interface SeenCursors {
  /** The greatest one that the next run may start at. */
  cursor?: CursorValue;
  /** One that it may not start at, as nothing would be read from there on: a time far ahead, or a text among times or numbers. */
  stray?: CursorValue;
}

// Local times are ahead of UTC by 14 hours at most.
const farAhead = 86_400_000;

/** The last time that a row can have changed at, with room for local times and other clocks; in UTC ISO text. */
export function latestTime(now: number = Date.now()): string {
  return new Date(now + farAhead).toISOString();
}

/** Adds a row's value; `time` is what it means, where it is a time. */
export function addCursor(seen: SeenCursors, value: CursorValue, time: string | undefined, latest: string): void {
  if (time !== undefined && time > latest) addStray(seen, value);
  else addGreatest(seen, value);
}

/** Those of both. */
export function joinCursors(a: SeenCursors, b: SeenCursors): SeenCursors {
  const joined = { ...a };
  if (b.cursor !== undefined) addGreatest(joined, b.cursor);
  if (b.stray !== undefined) addStray(joined, b.stray);
  return joined;
}

function addGreatest(seen: SeenCursors, value: CursorValue): void {
  const { cursor } = seen;
  if (cursor === undefined) seen.cursor = value;
  else if (yieldsTo(cursor, value)) {
    addStray(seen, cursor);
    seen.cursor = value;
  } else if (yieldsTo(value, cursor)) addStray(seen, value);
  else if (isLess(cursor, value)) seen.cursor = value;
}

function addStray(seen: SeenCursors, value: CursorValue): void {
  if (seen.stray === undefined || String(seen.stray) < String(value)) seen.stray = value;
}
