import type { DestinationObject } from '@millrace/sdk';
import { defaultBatchRecords } from '../engine/batches.ts';
import type { BatchRow } from './batch.schema.ts';

// A stored document has 16 MB at most, and a batch holds the original and what is made of it.
const mostBytes = 4_000_000;

/** Rows as JSON, cut so that no output's limits are exceeded; a row larger than a limit travels alone. Keeps the order. */
export function* cutBatches(
  rows: BatchRow[],
  objects: Pick<DestinationObject, 'batch'>[],
): Generator<{ rows: BatchRow[]; content: string }> {
  const records = Math.min(...objects.map(({ batch }) => batch?.records ?? defaultBatchRecords));
  let batch: BatchRow[] = [];
  let texts: string[] = [];
  let size = 0;
  const sizes = objects.map(() => 0);
  for (const row of rows) {
    const text = JSON.stringify(row);
    const weights = objects.map(({ batch: limits }, i) => (limits?.bytes === undefined ? 0 : weightOf(row, i)));
    const full = weights.some((weight, i) => (sizes[i] ?? 0) + weight > (objects[i]?.batch?.bytes ?? Infinity));
    if (batch.length > 0 && (batch.length >= records || full || size + text.length > mostBytes)) {
      yield { rows: batch, content: `[${texts.join(',')}]` };
      batch = [];
      texts = [];
      size = 0;
      sizes.fill(0);
    }
    batch.push(row);
    texts.push(text);
    size += text.length;
    weights.forEach((weight, i) => (sizes[i] = (sizes[i] ?? 0) + weight));
  }
  if (batch.length > 0) yield { rows: batch, content: `[${texts.join(',')}]` };
}

function weightOf({ rows }: BatchRow, output: number): number {
  const row = rows[output];
  return row ? Buffer.byteLength(JSON.stringify(row.record)) : 0;
}
