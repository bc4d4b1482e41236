import type { Outcome, PushRow } from '@millrace/sdk';
import type { Batch, BatchRow } from './batch.schema.ts';

/** A batch at work: what is stored of it, its rows, and what became of them so far. */
export interface OpenBatch {
  stored: Batch;
  rows: BatchRow[];
  /** By output and row; rows that have nothing for an output are left out there. */
  outcomes: (Outcome | null)[][];
}

export function openBatch(stored: Batch, outputs: number, rows?: BatchRow[]): OpenBatch {
  const read = rows ?? (JSON.parse(stored.content) as BatchRow[]);
  const outcomes =
    stored.outcomes ?? Array.from({ length: outputs }, (_, output) => rowsOf(read, output).map(() => null));
  return { stored, rows: read, outcomes };
}

/** What goes to one output, in order. */
export function rowsOf(rows: BatchRow[], output: number): PushRow[] {
  return rows.flatMap((row) => row.rows[output] ?? []);
}
