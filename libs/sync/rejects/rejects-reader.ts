import type { Key, Page, Row } from '@millrace/sdk';
import type { SliceReader } from '../engine/slice-reader.ts';
import type { KnownRows } from '../known-rows/known-rows.ts';
import type { Reject } from './reject.schema.ts';
import type { Rejects } from './rejects.ts';

const atATime = 500;

/**
 * Reads rows that were refused before. They are as old as they were, so that the profile store keeps what came later; and what another system has got
 * of a row since is newer than the reject: such a one is left out.
 */
export function rejectsReader(rejects: Rejects, known: KnownRows): SliceReader {
  return {
    async *read({ outputs, context }, { resume }, run): AsyncGenerator<Page> {
      for (let after = resume as string | undefined; ;) {
        const found = await rejects.toReplay(run, { after, limit: atATime });
        const last = found.at(-1);
        if (!last) return;
        const outdated = await deliveredSince(
          found,
          known,
          run.sync,
          outputs.map(({ object }) => object),
        );
        if (outdated.size > 0)
          context.log.info({ rows: outdated.size }, 'newer rows have arrived since: their rejects are left out');
        yield pageOf(
          found.filter((reject) => !outdated.has(reject)),
          last._id,
        );
        after = last._id;
      }
    },
  };
}

async function deliveredSince(
  rejects: Reject[],
  known: KnownRows,
  sync: string,
  objects: string[],
): Promise<Set<Reject>> {
  const keys = rejects.flatMap(({ key }) => key ?? []);
  const latest = new Map<string, string>();
  for (const object of objects)
    for (const { key, seen } of await known.byKeys(sync, object, keys))
      if (seen > (latest.get(key) ?? '')) latest.set(key, seen);
  return new Set(rejects.filter(({ key, run }) => key !== undefined && (latest.get(key) ?? '') > run));
}

function pageOf(rejects: Reject[], resume: string): Page {
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
  return { ...page, times, resume };
}
