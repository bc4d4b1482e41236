import { compilePath, type Json, type Page, type Row, type Slice, type Stream } from '../../index.ts';

/** A run that has been: the state that it left, and the records that changed after it. */
export interface EarlierRun {
  state: Json | undefined;
  rest: Row[];
}

type Cursor = string | number;

/**
 * An earlier run that had seen the older half of what was read. A stream with an `advance` of its own has states of its own: there it is the run
 * that has seen everything.
 */
export function earlierRun(
  stream: Stream,
  before: Json | undefined,
  slices: { slice: Slice<Json>; pages: Page[] }[],
): EarlierRun {
  const read = compilePath(stream.cursor ?? '');
  const records = slices.flatMap(({ pages }) => pages.flatMap((page) => page.records));
  const cursorOf = (record: Row): Cursor | undefined => cursorValue(read(record));
  if (stream.advance) {
    const finished = slices.map(({ slice, pages }) => ({
      ...{ id: slice.id, spec: slice.spec, resume: pages.at(-1)?.resume },
      cursor: sorted(pages.flatMap((page) => page.records.map(cursorOf))).at(-1),
    }));
    return { state: stream.advance(before, finished), rest: [] };
  }
  const seen = sorted(records.map(cursorOf));
  const last = seen[Math.floor((seen.length - 1) / 2)];
  if (last === undefined) return { state: before, rest: [] };
  const isLater = (cursor: Cursor | undefined): boolean => cursor !== undefined && compare(cursor, last) > 0;
  return { state: { cursor: last }, rest: records.filter((record) => isLater(cursorOf(record))) };
}

function cursorValue(value: unknown): Cursor | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function sorted(cursors: (Cursor | undefined)[]): Cursor[] {
  return cursors.filter((cursor) => cursor !== undefined).sort(compare);
}

/** Times by their instant, numbers by size, other texts by their letters. */
function compare(a: Cursor, b: Cursor): number {
  const difference =
    typeof a === 'number' && typeof b === 'number' ? a - b : Date.parse(String(a)) - Date.parse(String(b));
  if (!Number.isNaN(difference)) return difference;
  return a < b ? -1 : Number(a > b);
}
