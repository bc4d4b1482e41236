import { ok, superseded, unchanged, type Outcome } from '@millrace/sdk';
import { judge, touched } from '#platform';
import type { LandedRow } from '../store/index.ts';
import type { IncomingRow } from './incoming-row.ts';

/** A landed row without its content: enough to tell what is new. */
export type Outline = Pick<LandedRow, '_id' | 'a' | 's' | 'b' | 'o' | 'h' | 'n' | 'v' | 'd' | 'landedAt'>;

export const outline = { a: 1, s: 1, b: 1, o: 1, h: 1, n: 1, v: 1, d: 1, landedAt: 1 } as const;

/** What a landed row becomes. */
export interface Change {
  before?: Outline;
  /** The new version's content; absent: only its time moves to that of `newest`. */
  content?: IncomingRow;
  newest: Pick<LandedRow, 'a' | 's' | 'b' | 'o'>;
}

/** Folds rows with one key, in their order, into what is there. Any order of the same rows leads to the same end. */
export function foldRow(
  before: Outline | undefined,
  rows: readonly IncomingRow[],
): { change?: Change; outcomes: Outcome[] } {
  let newest: (IncomingRow | Outline) | undefined = before;
  let content: IncomingRow | undefined;
  const outcomes = rows.map((row) => {
    const known = newest;
    const judgement = judge(row, known, row.undated);
    if (judgement === 'replace') newest = content = row;
    else if (judgement === 'touch' && known) newest = touched(known, row);
    if (judgement === 'replace') return written(row, known === undefined || known.d === true);
    if (judgement === 'replayed') return written(row, before?.n === 1);
    return judgement === 'older' ? superseded() : unchanged();
  });
  return newest === before || !newest ? { outcomes } : { outcomes, change: { before, content, newest } };
}

/** Deleting what is not there is kept, against late rows, but changes nothing. */
function written({ d }: IncomingRow, isNew: boolean): Outcome {
  if (d) return isNew ? unchanged() : ok({ deleted: 1 });
  return ok(isNew ? { created: 1 } : { updated: 1 });
}
