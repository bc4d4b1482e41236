import { MillraceError, parseTime, type Json, type Page, type ReadContext, type Row } from '@millrace/sdk';
import type { mongo } from 'mongoose';
import { hashOf, idsOf, stampOf, stampText, type Dataset, type LandedRow, type LandingStore } from '../store/index.ts';

const pageRows = 1_000;
const pageBytes = 4_000_000;

/** Up to which logical time a run reads: what changes later belongs to the next run. */
export type ChangesSpec = { through: string };

/** In the order of changes; or in that of ids, among the rows that moved meanwhile. */
type Position = ChangePosition | { moved: string };
type ChangePosition = { changed: string; id: string };

/** Seconds that the clock of who landed a row may be ahead of the database's. */
const clockRoom = 60;

type ReadRow = Pick<LandedRow, '_id' | 'key' | 'a' | 'json' | 'bytes' | 'd' | 'gone' | 'changed'>;

const read = { key: 1, a: 1, json: 1, bytes: 1, d: 1, gone: 1, changed: 1 } as const;

/**
 * The rows of a dataset in the order of their last change. A row that changes meanwhile moves behind what this run reads; the next run has it. Who
 * reads everything is told of such rows in the end, too: to a mirror, what it is not told of is gone.
 */
export async function* readChanges(
  store: LandingStore,
  dataset: Dataset,
  { state, slice, resume, signal }: Pick<ReadContext, 'state' | 'slice' | 'resume' | 'signal'>,
): AsyncGenerator<Page> {
  const { through } = slice.spec as ChangesSpec;
  let position = resume as Position | undefined;
  while (!position || 'changed' in position) {
    signal.throwIfAborted();
    const rows = await nextRows(store, changesFilter(dataset, state, through, position), { changed: 1, _id: 1 });
    const last = rows.at(-1);
    if (!last) break;
    position = { changed: stampText(last.changed), id: last._id };
    yield pageOf(rows, position);
  }
  if (sinceOf(state)) return;
  let after = position && 'moved' in position ? position.moved : undefined;
  for (;;) {
    signal.throwIfAborted();
    const rows = await nextRows(store, movedFilter(dataset, through, after), { _id: 1 });
    const last = rows.at(-1);
    if (!last) return;
    after = last._id;
    yield pageOf(rows, { moved: after });
  }
}

/** In the order of ids, so that each is met once, however often it moves. */
function movedFilter({ _id: dataset }: Dataset, through: string, after?: string): mongo.Filter<LandedRow> {
  const stamp = stampOf(through);
  return {
    dataset,
    changed: { $gt: stamp },
    firstLandedAt: { $lte: new Date((stamp.t + clockRoom) * 1_000) },
    _id: idsOf(dataset, after === undefined ? undefined : hashOf(after)),
  };
}

export function changesFilter(
  { _id: dataset }: Pick<Dataset, '_id'>,
  state: Json | undefined,
  through?: string,
  position?: ChangePosition,
): mongo.Filter<LandedRow> {
  const since = sinceOf(state);
  const until = through === undefined ? {} : { $lte: stampOf(through) };
  if (!position) return { dataset, changed: { ...(since ? { $gte: since } : { $exists: true }), ...until } };
  const changed = stampOf(position.changed);
  return {
    $or: [
      { dataset, changed, _id: { $gt: position.id } },
      { dataset, changed: { $gt: changed, ...until } },
    ],
  };
}

/** `{ cursor: '2026-…Z' }`, in the clock of the database. */
function sinceOf(state: Json | undefined): mongo.Timestamp | undefined {
  if (state === undefined || state === null) return undefined;
  const cursor = typeof state === 'object' && !Array.isArray(state) ? state.cursor : undefined;
  const time = typeof cursor === 'string' ? parseTime(cursor) : NaN;
  if (!Number.isNaN(time)) return stampOf(`${Math.floor(time / 1_000)}.0`);
  throw new MillraceError(
    'bad_request',
    'Where the sync starts is no time of the landing: set `startsFrom` to { "cursor": "2026-01-31T00:00:00Z" } or null.',
  );
}

/** As many as fit into a page, one at least. */
async function nextRows(
  store: LandingStore,
  filter: mongo.Filter<LandedRow>,
  sort: Record<string, 1>,
): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  let bytes = 0;
  const cursor = store.rows.find<ReadRow>(filter, {
    projection: read,
    sort,
    limit: pageRows,
    batchSize: 250,
  });
  for await (const row of cursor) {
    rows.push(row);
    bytes += row.bytes;
    if (bytes > pageBytes) break;
  }
  return rows;
}

function pageOf(rows: ReadRow[], resume: Position): Page {
  const here = rows.filter(({ d }) => !d);
  const gone = rows.filter(({ d }) => d);
  return {
    records: here.map(({ json }) => JSON.parse(json) as Row),
    deletes: gone.map(({ gone: values, key }) => values ?? [key]),
    times: { records: here.map(timeOf), deletes: gone.map(timeOf) },
    resume,
  };
}

function timeOf({ a }: ReadRow): string {
  return new Date(a).toISOString();
}
