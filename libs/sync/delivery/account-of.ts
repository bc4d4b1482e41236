import type { Outcome } from '@millrace/sdk';
import type { RefusedRow } from '../engine/rows/row-mapper.ts';
import { toldTime } from '../engine/rows/told-time.ts';
import { addEffects, emptyAccount, fateOf, weightier, type Account, type Fate } from '../runs/ledger.ts';
import type { BatchRow } from './batch.schema.ts';
import type { OpenBatch } from './open-batch.ts';

/** What a batch means for the ledger, once every outcome is final. The rows were counted as read with their page. */
export function accountOf({ rows, outcomes, stored }: OpenBatch): { account: Account; refused: RefusedRow[] } {
  const account = emptyAccount();
  const refused: RefusedRow[] = [];
  const next = outcomes.map(() => 0);
  for (const row of rows) {
    let fate: Fate | undefined;
    row.rows.forEach((pushed, output) => {
      if (!pushed) return;
      const at = next[output] ?? 0;
      next[output] = at + 1;
      const outcome = outcomes[output]?.[at] as Outcome;
      fate = weightier(fate, fateOf(outcome));
      if (outcome.status === 'ok') addEffects(account.effects, effectsOf(outcome, pushed.op));
      if (outcome.status === 'unknown') addEffects(account.effects, { unknown: 1 });
      if (outcome.status !== 'rejected') return;
      const { code, message } = outcome;
      const { raw, position, place } = row;
      const { seq: index, key } = pushed;
      refused.push({ raw, ...unlessWhole(row), index, position, key, at: toldTime(pushed), place, code, message });
    });
    if (!row.removal) account.ledger[fate ?? 'unchanged']++;
    else if (fate === 'rejected') addEffects(account.effects, { undeleted: 1 });
  }
  if (stored.repeated > 0) addEffects(account.effects, { unknown: stored.repeated });
  return { account, refused };
}

function effectsOf({ effects }: Outcome & { status: 'ok' }, op: 'upsert' | 'delete') {
  return effects ?? (op === 'delete' ? { deleted: 1 } : undefined);
}

/** What a mirror removes was not read: there is only its name. A deletion that the source reports is whole with its key. */
function unlessWhole({ raw, removal }: BatchRow): Pick<RefusedRow, 'isCut'> {
  return removal && !Array.isArray(raw) ? { isCut: true } : {};
}
