import { cursorIn, type Json, type Stream } from '@millrace/sdk';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import { advanceCursor, timeOf, type CursorValue } from '../rows/cursor.ts';
import { joinCursors, latestTime, type SeenCursors } from '../rows/seen-cursors.ts';

export type ReadSlice = Pick<SliceDocument, 'id' | 'spec' | 'resume' | 'cursor' | 'stray'>;

/** Where a sync's next run starts (absent: unchanged), and what is odd about that. */
export interface NextStart {
  startsFrom?: Json;
  odd?: string;
}

/** A stream may say by itself where to go on; not at a value from which on nothing would be read. */
export function nextStart(
  stream: Pick<Stream, 'advance' | 'lookback'>,
  before: Json | undefined,
  slices: ReadSlice[],
): NextStart {
  const seen = slices.reduce<SeenCursors>(joinCursors, {});
  const known = joinCursors(seen, { cursor: cursorIn(before) });
  const strays = [seen.stray, known.stray, ...slices.map(({ stray }) => stray)];
  const own = stream.advance?.(before, slices);
  const isStray = own !== undefined && strays.some((stray) => stray !== undefined && stray === cursorIn(own));
  const startsFrom = stream.advance && !isStray ? own : advanceCursor(before, slices, stream.lookback);
  return { startsFrom, odd: whyAhead(before) ?? whyStray(known.stray) };
}

function whyAhead(before: Json | undefined): string | undefined {
  const cursor = cursorIn(before);
  if (!isAhead(cursor)) return undefined;
  return `The sync reads from ${cursor} on, which is more than a day ahead: what changes before that is not read. PUT /api/syncs/{id}/starts-from sets another start, or null for everything.`;
}

function whyStray(stray: CursorValue | undefined): string | undefined {
  if (stray === undefined) return undefined;
  const fault = isAhead(stray)
    ? `says ${stray}, more than a day ahead`
    : 'is a text where the others are times or numbers';
  return `The cursor of a row ${fault}. The row was read, but the next run starts where the other rows end. Correct it at the source.`;
}

function isAhead(cursor: CursorValue | undefined): boolean {
  const time = timeOf(cursor);
  return time !== undefined && time > latestTime();
}
