import type { Page } from '@millrace/sdk';
import type { KnownRow } from '../../known-rows/known-row.schema.ts';
import type { KnownRows } from '../../known-rows/known-rows.ts';
import type { Ledger } from '../../runs/ledger.ts';
import type { Run } from '../../runs/run.schema.ts';
import type { SliceReader } from '../slices/slice-reader.ts';

/** What a mirror is to remove from one output. */
export interface GoneRows {
  gone: { output: number; rows: KnownRow[] };
}

const atATime = 1_000;

/** Reads what a mirror's run no longer saw. What was removed before a crash is forgotten by then, so it can begin at the start. */
export function removalsReader(known: KnownRows): SliceReader {
  return {
    async *read({ outputs }, _slice, run): AsyncGenerator<Page & GoneRows> {
      for (const [output, { object }] of outputs.entries()) {
        let last: KnownRow | undefined;
        do {
          const rows = await known.unseen(run.sync, object, run._id, atATime, last);
          last = rows.at(-1);
          if (rows.length > 0) yield { records: [], gone: { output, rows }, resume: null };
        } while (last);
      }
    },
  };
}

const guardedRows = 20;
const guardedShare = 0.1;

export interface Removals {
  /** Rows that the destination is known to have. */
  known: number;
  /** Those of them that the run did not see. */
  unseen: number;
}

export async function countRemovals(known: KnownRows, run: Run, objects: string[]): Promise<Removals> {
  const counts = { known: 0, unseen: 0 };
  for (const object of objects) {
    await known.mirrorAll(run.sync, object);
    counts.known += await known.count(run.sync, object);
    counts.unseen += await known.countUnseen(run.sync, object, run._id);
  }
  return counts;
}

/** Why removals need an operator's word first; nothing: they are as usual. `unread`: rows that could not even be named. */
export function whyHold({ known, unseen }: Removals, { read }: Ledger, unread: number): string | undefined {
  if (unseen === 0) return undefined;
  const share = Math.round((unseen / known) * 1000) / 10;
  const asks = 'Approve the run to remove them, or cancel it to keep them.';
  if (read === 0) return `Nothing was read, so all ${unseen} rows of the destination would be removed. ${asks}`;
  if (unread > 0)
    return `${unread} rows could not be read: they may be among the ${unseen} rows that would be removed. ${asks}`;
  if (unseen > guardedRows && unseen > known * guardedShare)
    return `${unseen} of ${known} rows (${share} %) would be removed from the destination. ${asks}`;
  return undefined;
}
