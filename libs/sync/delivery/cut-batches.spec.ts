import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ok, retry, type PushRow } from '@millrace/sdk';
import type { BatchRow } from './batch.schema.ts';
import { cutBatches, cutRows, keptPieces } from './cut-batches.ts';
import { openBatch, rowsOf } from './open-batch.ts';
import { splitBatch } from './split-batch.ts';

const pushRow = (key: string, text = ''): PushRow => ({ op: 'upsert', record: { text }, key, at: '', seq: 0 });
const row = (key: string, text?: string): BatchRow => ({ raw: { key }, rows: [pushRow(key, text)] });
const keysOf = (rows: BatchRow[]): string[] => rows.flatMap(({ rows: of }) => of.map((pushed) => pushed?.key ?? ''));

describe('cutting rows into batches', () => {
  it('heeds the limits of every output, and keeps rows and order', () => {
    const limits = fc.record({ records: fc.integer({ min: 1, max: 5 }), bytes: fc.integer({ min: 20, max: 200 }) });
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 50 })), limits, (texts, batch) => {
        const rows = texts.map((text, i) => row(String(i), text));
        const cuts = [...cutRows(rows, [{ batch }])];
        expect(cuts.flat()).toEqual(rows);
        for (const cut of cuts) {
          const bytes = cut.map(({ rows: [of] }) => Buffer.byteLength(JSON.stringify(of?.record)));
          expect(cut.length).toBeLessThanOrEqual(batch.records);
          if (cut.length > 1) expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(batch.bytes);
        }
        expect([...cutBatches(rows, [{ batch }])].map(({ content }) => JSON.parse(content) as BatchRow[])).toEqual(
          cuts,
        );
      }),
    );
  });

  it('keeps no piece that a document could not hold', () => {
    const large = Array.from({ length: 5 }, (_, i) => row(String(i), 'x'.repeat(1_500_000)));
    expect([...keptPieces(large)].map(({ rows }) => keysOf(rows))).toEqual([['0', '1'], ['2', '3'], ['4']]);
  });
});

it('a batch in pieces still knows what became of each row', () => {
  const large = ['a', 'b', 'c'].map((key) => row(key, 'x'.repeat(2_500_000)));
  const onlySecond = { raw: {}, rows: [null] };
  const stored = { run: 'run', slice: 'slice', epoch: 1, content: '', repeated: 0, rounds: 2, createdAt: new Date() };
  const batch = openBatch({ _id: 'bat_1', ...stored, outcomes: [[ok(), null, retry()]] }, 1, [onlySecond, ...large]);
  const pieces = splitBatch(batch);
  expect(pieces.map(({ rows, outcomes }) => rowsOf(rows, 0).map(({ key }, i) => [key, outcomes[0]?.[i]]))).toEqual([
    [['a', ok()]],
    [['b', null]],
    [['c', retry()]],
  ]);
  expect(new Set(pieces.map(({ stored: { _id } }) => _id)).size).toBe(3);
  for (const { stored: kept, rows } of pieces) expect(JSON.parse(kept.content)).toEqual(rows);
});
