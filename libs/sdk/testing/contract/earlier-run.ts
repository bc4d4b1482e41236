import {
  compilePath,
  cursorIn,
  lookBack,
  type Json,
  type Page,
  type Row,
  type Slice,
  type Stream,
} from '../../index.ts';

/** A run that has been: the state that it left, and the records that the next one has to read. */
export interface EarlierRun {
  state: Json | undefined;
  rest: Row[];
}

type Cursor = string | number;

/**
 * An earlier run that had seen the older half of what was read, and of its last cursor value one record: those that share it may have come since.
 * A stream with an `advance` of its own has states of its own: there it is the run that has seen everything.
 */
export function earlierRun(
  stream: Stream,
  before: Json | undefined,
  slices: { slice: Slice<Json>; pages: Page[] }[],
): EarlierRun {
  const read = compilePath(stream.cursor ?? '');
  const records = slices.flatMap(({ pages }) => pages.flatMap((page) => page.records));
  const cursorOf = (record: Row): Cursor | undefined => cursorValue(read(record));
  const recordsFrom = (first: Cursor | undefined): Row[] =>
    records.filter((record) => {
      const cursor = cursorOf(record);
      return first !== undefined && cursor !== undefined && compare(cursor, first) >= 0;
    });
  if (stream.advance) {
    const finished = slices.map(({ slice, pages }) => ({
      ...{ id: slice.id, spec: slice.spec, resume: pages.at(-1)?.resume },
      cursor: sorted(pages.flatMap((page) => page.records.map(cursorOf))).at(-1),
    }));
    const state = stream.advance(before, finished);
    return { state, rest: recordsFrom(cursorIn(state)) };
  }
  const seen = sorted(records.map(cursorOf));
  const last = seen[Math.floor((seen.length - 1) / 2)];
  if (last === undefined) return { state: before, rest: [] };
  return { state: { cursor: lookBack(last, stream.lookback ?? 0) }, rest: recordsFrom(last) };
}

function cursorValue(value: unknown): Cursor | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function sorted(cursors: (Cursor | undefined)[]): Cursor[] {
  return cursors.filter((cursor) => cursor !== undefined).sort(compare);
}

/** Numbers by size, times by their instant, other texts by their letters. */
function compare(a: Cursor, b: Cursor): number {
  const numbers = Number(a) - Number(b);
  if (!Number.isNaN(numbers)) return numbers;
  const times = Date.parse(String(a)) - Date.parse(String(b));
  if (!Number.isNaN(times)) return times;
  return a < b ? -1 : Number(a > b);
}
