import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PushRow } from '@millrace/sdk';
import { batchesOf } from './batches.ts';

const row = (record: Record<string, unknown>, seq = 0): PushRow => ({ op: 'upsert', record, key: 'k', at: '', seq });

describe('batches', () => {
  it('hold every row once, in order, within both limits; a row too large travels alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 40 })),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 10, max: 90 }),
        (texts, records, bytes) => {
          const rows = texts.map((text, seq) => row({ text }, seq));
          const batches = [...batchesOf(rows, { records, bytes })];
          expect(batches.flat()).toEqual(rows);
          for (const batch of batches) {
            const size = batch.reduce((sum, { record }) => sum + Buffer.byteLength(JSON.stringify(record)), 0);
            expect(batch.length).toBeLessThanOrEqual(records);
            expect(size <= bytes || batch.length === 1).toBe(true);
          }
        },
      ),
    );
  });

  it('hold 1,000 rows where the object names no limit', () => {
    expect([...batchesOf(new Array(2_500).fill(row({})) as PushRow[])].map((batch) => batch.length)).toEqual([
      1_000, 1_000, 500,
    ]);
  });
});
