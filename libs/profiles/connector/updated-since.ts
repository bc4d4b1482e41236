import { parseTime, type FinishedSlice, type Json, type ReadContext, type Slice } from '@millrace/sdk';

/** Milliseconds that a writer may take from its stamp to the moment that others see it, and clocks may differ: so far the next run looks back. */
const slowestWrite = 60_000;

/** The slice of a stream that is read by `updatedAt`. */
export interface UntilSpec {
  until: string;
  [more: string]: Json;
}

export const planUntil = async ({ until }: Pick<ReadContext, 'until'>): Promise<Slice<UntilSpec>[]> => [
  { id: 'all', spec: { until } },
];

/** What changed since the last run, as a condition on `updatedAt`. */
export function updatedSince({ state, until }: Pick<ReadContext, 'state' | 'until'>): { $gte?: Date; $lte: Date } {
  const cursor = cursorOf(state);
  return { ...(cursor !== undefined && { $gte: new Date(parseTime(cursor)) }), $lte: new Date(until) };
}

/**
 * Everything older than the look-back was seen, whether there was something or not: a store that rests is not read again. Never before where this run
 * started itself.
 */
export function startOfNext(state: Json | undefined, [slice]: FinishedSlice[]): Json | undefined {
  if (!slice) return state;
  const cursor = new Date(Date.parse((slice.spec as UntilSpec).until) - slowestWrite).toISOString();
  const before = cursorOf(state);
  return { cursor: before !== undefined && before > cursor ? before : cursor };
}

function cursorOf(state: Json | undefined): string | undefined {
  const cursor = typeof state === 'object' && state !== null && !Array.isArray(state) ? state.cursor : undefined;
  return typeof cursor === 'string' ? cursor : undefined;
}
