import { cursorIn, type FinishedSlice } from '../../connector/index.ts';
import type { Json } from '../../json.ts';

/** The greatest cursor value that was seen, as the database prints it. */
export function cursorText(state: Json | undefined): string | undefined {
  const cursor = cursorIn(state);
  return cursor === undefined ? undefined : String(cursor);
}

/** Rows come in the order of the cursor, so the last page has the greatest value: compared by the database, not as text. */
export function advanceCursor(state: Json | undefined, slices: FinishedSlice[]): Json | undefined {
  const seen = cursorText(slices.at(-1)?.resume);
  return seen === undefined ? state : { cursor: seen };
}
