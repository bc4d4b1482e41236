import { newId } from '#platform';
import { keptPieces } from './cut-batches.ts';
import type { OpenBatch } from './open-batch.ts';

/** A batch that is to be kept, in pieces that fit into documents; each with what is known of its rows. */
export function splitBatch({ stored, rows, outcomes }: OpenBatch): OpenBatch[] {
  const next = outcomes.map(() => 0);
  return [...keptPieces(rows)].map((piece) => {
    const own = outcomes.map((known, output) => {
      const count = piece.rows.filter((row) => row.rows[output]).length;
      const start = next[output] ?? 0;
      next[output] = start + count;
      return known.slice(start, start + count);
    });
    return {
      stored: { ...stored, _id: newId('bat'), content: piece.content, outcomes: own },
      rows: piece.rows,
      outcomes: own,
    };
  });
}
