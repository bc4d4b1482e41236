import { ok, superseded, unchanged, type Outcome } from '@millrace/sdk';
import type { ConsentStatement, StoredConsent } from './consent.schema.ts';
import { addStatement, winnerOf } from './fold-statements.ts';
import { alikeField } from '../identity/index.ts';
import type { ConsentRow } from './read-consents.ts';

export interface ConsentChange {
  /** Undefined: it stays as it is. */
  after?: StoredConsent;
  outcomes: Outcome[];
  /** Rows that said something new, or did so before a crash. */
  told: ConsentRow[];
}

/** What rows make of one consent, in their order. */
export function changeConsent(
  before: StoredConsent | undefined,
  rows: readonly ConsentRow[],
  now: Date,
): ConsentChange {
  let said: readonly ConsentStatement[] = before?.said ?? [];
  const told: ConsentRow[] = [];
  const outcomes = rows.map((row): Outcome => {
    const added = addStatement(said, row.statement, row.undated, row.seen);
    said = added.said;
    if (added.judgement === 'older') return superseded();
    if (added.judgement === 'same' || added.judgement === 'touch') return unchanged();
    told.push(row);
    const winner = winnerOf(said);
    if (winner?.k !== row.statement.k) return winner?.h === row.statement.h ? unchanged() : superseded();
    return ok(before ? { updated: 1 } : { created: 1 });
  });
  const [row] = rows;
  const winner = winnerOf(said);
  if (!row || !winner || said === before?.said) return { outcomes, told };
  const { consent: _id, identity, channel, purpose } = row;
  const v = (before?.v ?? 0) + 1;
  const after = {
    ...winner,
    _id,
    v,
    identity,
    ...alikeField(identity),
    channel,
    purpose,
    said: [...said],
    updatedAt: now,
  };
  return { after, outcomes, told };
}
