import type { FinishedSlice } from '../../connector/index.ts';
import type { Json } from '../../json.ts';

/** The greatest cursor value that was seen, as the database prints it. */
export function cursorOf(state: Json | undefined): string | undefined {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return undefined;
  return typeof state.cursor === 'string' || typeof state.cursor === 'number' ? String(state.cursor) : undefined;
}

/** Rows come in the order of the cursor, so the last page has the greatest value: compared by the database, not as text. */
export function advanceCursor(state: Json | undefined, slices: FinishedSlice[]): Json | undefined {
  const seen = cursorOf(slices.at(-1)?.resume);
  return seen === undefined ? state : { cursor: seen };
}
