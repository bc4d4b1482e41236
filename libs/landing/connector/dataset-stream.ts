import { stream, type FinishedSlice, type Json, type Slice, type Stream } from '@millrace/sdk';
import { stampOf, stampText, type Dataset, type LandingStore } from '../store/index.ts';
import { changesFilter, readChanges, type ChangesSpec } from './read-changes.ts';

/** Seconds that a write may take between its stamp and the moment that others see it: so far each run looks back. */
const slowestCommit = 60;

/** A dataset as a source: its rows are told as rows of the stream that they were landed from. */
export function datasetStream(store: LandingStore, dataset: Dataset): Stream {
  const { _id: name, connection, stream: from, key } = dataset;
  return stream({
    title: `${name} (landed)`,
    description: `Rows of stream "${from}" as they were landed. GET /api/landing/${name}/schema tells their fields.`,
    ...(key.length > 0 && { key }),
    origin: { connection, stream: from },
    replayable: true,
    plan: async (): Promise<Slice<ChangesSpec>[]> => [{ id: 'all', spec: { through: stampText(await store.now()) } }],
    read: (ctx) => readChanges(store, dataset, ctx),
    advance: startOfNext,
    count: ({ state }) => store.rows.countDocuments(changesFilter(dataset, state)),
  });
}

/** What this run read through, less the look-back; never before where it started itself. */
function startOfNext(state: Json | undefined, slices: FinishedSlice[]): Json | undefined {
  const [slice] = slices;
  if (!slice) return state;
  const { through } = slice.spec as ChangesSpec;
  const cursor = new Date((stampOf(through).t - slowestCommit) * 1_000).toISOString();
  const before = (state as { cursor?: string } | null | undefined)?.cursor;
  return { cursor: before !== undefined && before > cursor ? before : cursor };
}
