import type { DestinationObject } from '@millrace/sdk';
import { defaultBatchRecords } from '../engine/push/batches.ts';
import { jsonBytes } from '../known-rows/row-facts.ts';
import type { RowMemory } from '../known-rows/row-memory.ts';
import type { BatchRow } from './batch.schema.ts';

// A stored document has 16 MB at most, and a batch holds the original and what is made of it.
const mostBytes = 4_000_000;

/** By output, who may have counted the bytes of its rows already. */
type Memories = Pick<RowMemory, 'bytesOf'>[];

/** Cuts rows so that no output's limits are exceeded; a row larger than a limit travels alone. Keeps the order. */
export function* cutRows(
  rows: BatchRow[],
  objects: Pick<DestinationObject, 'batch'>[],
  memories: Memories = [],
): Generator<BatchRow[]> {
  const records = Math.min(...objects.map(({ batch }) => batch?.records ?? defaultBatchRecords));
  let batch: BatchRow[] = [];
  const sizes = objects.map(() => 0);
  for (const row of rows) {
    const weights = objects.map(({ batch: limits }, i) => {
      const sent = limits?.bytes === undefined ? null : row.rows[i];
      return sent ? (memories[i]?.bytesOf(sent) ?? jsonBytes(sent)) : 0;
    });
    const full = weights.some((weight, i) => (sizes[i] ?? 0) + weight > (objects[i]?.batch?.bytes ?? Infinity));
    if (batch.length > 0 && (batch.length >= records || full)) {
      yield batch;
      batch = [];
      sizes.fill(0);
    }
    batch.push(row);
    weights.forEach((weight, i) => (sizes[i] = (sizes[i] ?? 0) + weight));
  }
  if (batch.length > 0) yield batch;
}

export interface KeptPiece {
  rows: BatchRow[];
  /** The rows as JSON. */
  content: string;
}

/** Cuts as `cutRows` does, and so that each fits into a document. */
export function* cutBatches(
  rows: BatchRow[],
  objects: Pick<DestinationObject, 'batch'>[],
  memories?: Memories,
): Generator<KeptPiece> {
  for (const cut of cutRows(rows, objects, memories)) yield* keptPieces(cut);
}

/** Rows in pieces that fit into documents; a row larger than that is kept alone. */
export function* keptPieces(rows: BatchRow[]): Generator<KeptPiece> {
  let piece: BatchRow[] = [];
  let texts: string[] = [];
  let size = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (piece.length > 0 && size + text.length > mostBytes) {
      yield { rows: piece, content: `[${texts.join(',')}]` };
      [piece, texts, size] = [[], [], 0];
    }
    piece.push(row);
    texts.push(text);
    size += text.length;
  }
  if (piece.length > 0) yield { rows: piece, content: `[${texts.join(',')}]` };
}
