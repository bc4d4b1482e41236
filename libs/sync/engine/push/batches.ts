import type { PushRow } from '@millrace/sdk';
import { jsonBytes } from '../../known-rows/row-facts.ts';

export interface BatchLimits {
  records?: number;
  bytes?: number;
}

export const defaultBatchRecords = 1_000;

/** Cuts rows into batches within the limits; a row larger than `bytes` travels alone. Keeps the order. */
export function* batchesOf(
  rows: PushRow[],
  { records = defaultBatchRecords, bytes }: BatchLimits = {},
): Generator<PushRow[]> {
  if (bytes === undefined) {
    for (let start = 0; start < rows.length; start += records) yield rows.slice(start, start + records);
    return;
  }
  let batch: PushRow[] = [];
  let size = 0;
  for (const row of rows) {
    const weight = jsonBytes(row);
    if (batch.length > 0 && (batch.length >= records || size + weight > bytes)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(row);
    size += weight;
  }
  if (batch.length > 0) yield batch;
}
