import { ok, superseded, unchanged, type Outcome } from '@millrace/sdk';
import { judge } from '#platform';
import type { ProfileOutline } from '../store/index.ts';
import type { PartRow } from './part-row.ts';

/** The outcome of a row that needs no write; undefined: it needs one. */
export function settledOutcome(row: PartRow, { v, parts }: ProfileOutline): Outcome | undefined {
  const known = parts.find(({ k }) => k === row.part.k);
  switch (judge(row.part, known, row.undated)) {
    case 'same':
      return unchanged();
    case 'older':
      return superseded();
    case 'replayed':
      return replayed(row, v === 1 && parts[0]?.k === row.part.k);
    case 'replace':
    case 'touch':
      return undefined;
  }
}

/** A row that this very run wrote before a crash counts as written again: the ledger is that of an undisturbed run. */
export function replayed({ part }: PartRow, created: boolean): Outcome {
  return ok(part.d ? { deleted: 1 } : created ? { created: 1 } : { updated: 1 });
}
