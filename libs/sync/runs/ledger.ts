import type { Effects, Outcome } from '@millrace/sdk';

/** What became of the rows that were read. Each row counts once; the parts add up to `read`. */
export interface Ledger {
  read: number;
  written: number;
  unchanged: number;
  superseded: number;
  rejected: number;
  filtered: number;
}

/**
 * Changes that the rows brought about, what the destination could not tell (`unknown`), what it did not remove (`undeleted`), and
 * rows that the source could not even name (`unread`).
 */
export type EffectCounts = Effects & { unknown?: number; undeleted?: number; unread?: number };

export interface Account {
  ledger: Ledger;
  effects: EffectCounts;
}

export const emptyLedger = (): Ledger => ({
  read: 0,
  written: 0,
  unchanged: 0,
  superseded: 0,
  rejected: 0,
  filtered: 0,
});
export const emptyAccount = (): Account => ({ ledger: emptyLedger(), effects: {} });

/** The law of the ledger: each row read ended in exactly one way. */
export function balances(ledger: Ledger): boolean {
  return unsettledIn(ledger) === 0;
}

/** Rows that were read, but whose end is not known: on their way, or cut off when their run was cancelled or failed. */
export function unsettledIn({ read, written, unchanged, superseded, rejected, filtered }: Ledger): number {
  return read - (written + unchanged + superseded + rejected + filtered);
}

/** Where a row ends up: the names of the ledger's columns. */
export type Fate = Exclude<keyof Ledger, 'read'>;

// A row with several outputs ends as the most telling of their outcomes.
const weight: Record<Fate, number> = { rejected: 4, written: 3, superseded: 2, unchanged: 1, filtered: 0 };

export function weightier(a: Fate | undefined, b: Fate): Fate {
  return a === undefined || weight[b] > weight[a] ? b : a;
}

/** The fate that a final outcome means; rows that may have arrived count as written, and apart as unknown. */
export function fateOf(outcome: Outcome): Fate {
  switch (outcome.status) {
    case 'ok':
    case 'unknown':
      return 'written';
    case 'unchanged':
    case 'superseded':
    case 'rejected':
      return outcome.status;
    case 'retry':
    case 'pending':
      throw new TypeError(`The outcome "${outcome.status}" is not final.`);
  }
}

export function addEffects(sum: EffectCounts, effects: EffectCounts | undefined): void {
  for (const name in effects) {
    const effect = name as keyof EffectCounts;
    sum[effect] = (sum[effect] ?? 0) + (effects[effect] ?? 0);
  }
}

/** As the `$inc` of an update. */
export function increments({ ledger, effects }: Account): Record<string, number> {
  return Object.fromEntries([
    ...Object.entries(ledger).map(([column, count]) => [`ledger.${column}`, count] as const),
    ...Object.entries(effects).map(([effect, count]) => [`effects.${effect}`, count] as const),
  ]);
}

export function addAccount(sum: Account, part: Account): Account {
  for (const column of Object.keys(sum.ledger) as (keyof Ledger)[]) sum.ledger[column] += part.ledger[column];
  addEffects(sum.effects, part.effects);
  return sum;
}
