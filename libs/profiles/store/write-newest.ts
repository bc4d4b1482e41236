import { ok, retry, superseded, unchanged, type Outcome } from '@millrace/sdk';
import { judge, touched, type Version } from '#platform';
import { documentsById, foldDocuments, type Versioned } from './fold-documents.ts';
import { indexesBy } from './indexes-by.ts';
import type { Collection } from './native-collection.ts';

export type VersionedRow = Version & { _id: string; undated?: boolean; d?: true };

/** Documents of which only the newest version is kept: one outcome a row, in their order. Deletions are versions, too: a late row brings nothing back. */
export async function writeNewest<R extends VersionedRow, T extends Versioned & Version>(
  collection: Collection<T>,
  rows: readonly R[],
  store: (row: Omit<R, 'undated'>, v: number) => T,
): Promise<Outcome[]> {
  const outcomes = new Array<Outcome | undefined>(rows.length).fill(undefined);
  const byId = indexesBy(rows.map(({ _id }) => _id));
  const lost = await foldDocuments(collection, [...byId.keys()], (id, before) => {
    let now: T | undefined = before;
    const v = (before?.v ?? 0) + 1;
    for (const index of byId.get(id) ?? []) {
      const change = applyNewest(rows[index] as R, now, before !== undefined, v, store);
      now = change.after;
      outcomes[index] = change.outcome;
    }
    return now === before ? undefined : now;
  });
  for (const id of lost) for (const index of byId.get(id) ?? []) outcomes[index] = undefined;
  return outcomes.map((outcome) => outcome ?? retry(250, 'Other writers were changing the same records; try again.'));
}

/** What `writeNewest` would make of each row, in view of those before it. Writes nothing. */
export async function peekNewest<R extends VersionedRow, T extends Versioned & Version>(
  collection: Collection<T>,
  rows: readonly R[],
  store: (row: Omit<R, 'undated'>, v: number) => T,
): Promise<{ outcome: Outcome; before?: T; after?: T }[]> {
  const known = await documentsById(
    collection,
    rows.map(({ _id }) => _id),
  );
  return rows.map((row) => {
    const before = known.get(row._id);
    const { outcome, after } = applyNewest(row, before, before !== undefined, 1, store);
    if (after) known.set(row._id, after);
    return { outcome, before, after };
  });
}

/** What one row makes of a document: the newer version of the two. */
function applyNewest<R extends VersionedRow, T extends Versioned & Version>(
  { undated, ...row }: R,
  now: T | undefined,
  existed: boolean,
  v: number,
  store: (row: Omit<R, 'undated'>, v: number) => T,
): { after: T | undefined; outcome: Outcome } {
  const judgement = judge(row, now, undated);
  switch (judgement) {
    case 'replace':
    case 'replayed': {
      const outcome = ok(row.d ? { deleted: 1 } : existed ? { updated: 1 } : { created: 1 });
      return { after: judgement === 'replace' ? store(row, v) : now, outcome };
    }
    case 'touch':
      return { after: now && { ...touched(now, row as Version), v }, outcome: unchanged() };
    case 'older':
      return { after: now, outcome: superseded() };
    case 'same':
      return { after: now, outcome: unchanged() };
  }
}
