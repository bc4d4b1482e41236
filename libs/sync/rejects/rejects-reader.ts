import { parseTime, type Json, type Key, type Page, type Row } from '@millrace/sdk';
import type { ReplayedRows } from '../delivery/delivery.ts';
import { inOneTerm } from '../engine/subscriptions/lane-place.ts';
import type { SliceReader } from '../engine/slices/slice-reader.ts';
import type { RowPlace } from '../known-rows/known-row.schema.ts';
import type { KnownRows } from '../known-rows/known-rows.ts';
import type { Reject } from './reject.schema.ts';
import type { PlacedReject, RejectPlace, Rejects } from './rejects.ts';
import type { Run } from '../runs/run.schema.ts';

const atATime = 500;

/**
 * Reads rows that were refused before. They are as old as they were, so that the profile store keeps what came later; and what another system has got
 * of a row since is newer than the reject: such a one is left out.
 */
export function rejectsReader(rejects: Rejects, known: KnownRows): SliceReader {
  return {
    async *read({ outputs, context, builtIn }, { resume }, run): AsyncGenerator<Page & ReplayedRows> {
      for (let after = placeIn(resume); ;) {
        const found = await rejects.toReplay(run, { after, limit: atATime });
        const last = found.at(-1);
        if (!last) return;
        const objects = builtIn ? [] : outputs.map(({ object }) => object); // Millrace's own stores know by themselves
        const outdated = await deliveredSince(found, { rejects, known }, run, objects);
        if (outdated.size > 0)
          context.log.info({ rows: outdated.size }, 'newer rows have arrived since: their rejects are left out');
        for (const alike of oneKindEach(found))
          yield pageOf(
            alike.filter((reject) => !outdated.has(reject)),
            placeOf(alike.at(-1) ?? last),
          );
        after = placeOf(last);
      }
    },
  };
}

function placeOf({ run, seq, _id }: Reject): RejectPlace {
  return { run, seq, _id };
}

/** A version that replayed by `_id` began in another order: it is replayed from the beginning. */
function placeIn(resume: Json | undefined): RejectPlace | undefined {
  return typeof resume === 'object' ? (resume as unknown as RejectPlace) : undefined;
}

/** A page does not tell which of its records and deletions came first. */
function oneKindEach(rejects: readonly Reject[]): Reject[][] {
  const groups: Reject[][] = [];
  let former: boolean | undefined;
  for (const reject of rejects) {
    const isDeletion = reject.raw.startsWith('[');
    if (isDeletion !== former) groups.push([]);
    groups.at(-1)?.push(reject);
    former = isDeletion;
  }
  return groups;
}

/**
 * By the run that told them, further on, or by a later one. What this replay itself has sent does not count: it may have been an older reject of
 * the same record. What is only appended takes nothing's place.
 */
async function deliveredSince(
  found: Reject[],
  { rejects, known }: { rejects: Rejects; known: KnownRows },
  run: Pick<Run, '_id' | 'sync' | 'plan' | 'until'>,
  objects: string[],
): Promise<Set<Reject>> {
  if (run.plan.mode === 'insert' || objects.length === 0) return new Set();
  const keys = found.flatMap(({ key }) => key ?? []);
  const latest = new Map<string, RowPlace>();
  const note = (key: string | undefined, place: RowPlace): void => {
    if (key !== undefined && isLater(place, latest.get(key))) latest.set(key, place);
  };
  for (const object of objects)
    for (const { key, seen, seq = -1, at } of await known.byKeys(run.sync, object, keys))
      if (seen !== run._id) note(key, { run: seen, seq, at });
  // What was refused again stands behind what the record became, which this replay sends before it, too.
  const again = found.flatMap(({ key, told }) => (told && key !== undefined ? [key] : []));
  if (again.length > 0) for await (const reject of rejects.toReplayOf(again, run)) note(reject.key, placeOfRow(reject));
  return new Set(
    found.filter((reject) => {
      const last = reject.key === undefined ? undefined : latest.get(reject.key);
      return last !== undefined && isLater(last, placeOfRow(reject));
    }),
  );
}

function isLater({ run, seq, at = '' }: RowPlace, than: RowPlace | undefined): boolean {
  if (than === undefined || run !== than.run) return than === undefined || run > than.run;
  const told = parseTime(at) - parseTime(than.at ?? '');
  return told && !inOneTerm(seq, than.seq) ? told > 0 : seq > than.seq;
}

function placeOfRow({ run, seq, told, readAt, undated }: PlacedReject): RowPlace {
  return told ?? { run, seq, ...(readAt && !undated && { at: readAt.toISOString() }) };
}

function pageOf(rejects: Reject[], resume: RejectPlace): Page & ReplayedRows {
  const page = { records: [] as Row[], positions: [] as string[], deletes: [] as Key[] };
  const times = { records: [] as string[], deletes: [] as string[] };
  for (const { _id, raw, position, readAt, at } of rejects) {
    const original = JSON.parse(raw) as Row | Key;
    const time = (readAt ?? at).toISOString();
    if (Array.isArray(original)) {
      page.deletes.push(original);
      times.deletes.push(time);
    } else {
      page.records.push(original);
      page.positions.push(position ?? `reject ${_id}`);
      times.records.push(time);
    }
  }
  const places = rejects.map(placeOfRow);
  return { ...page, times, places, resume: { ...resume } };
}
