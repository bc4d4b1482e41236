import colors from 'picocolors';
import type { LedgerView } from '../api/views.ts';

const columns = ['written', 'unchanged', 'superseded', 'rejected', 'filtered', 'unsettled'] as const;

/** `62 read = 57 written + 5 rejected`: every row that was read, and where it ended. */
export function ledgerLine(ledger: LedgerView): string {
  const parts = columns
    .filter((column) => countIn(ledger, column) > 0 || column === 'written')
    .map((column) => `${countIn(ledger, column)} ${column}`);
  const sum = columns.reduce((total, column) => total + countIn(ledger, column), 0);
  const line = `${colors.bold(String(ledger.read))} read = ${parts.join(' + ')}`;
  return sum === ledger.read ? line : `${line} ${colors.red('(does not add up)')}`;
}

/** What `unsettled` means of a run that has ended; empty where there is nothing to explain. */
export function unsettledNote({ unsettled = 0 }: LedgerView): string {
  return unsettled === 0 ? '' : 'unsettled: read, but the run ended before it was known whether they arrived';
}

function countIn(ledger: LedgerView, column: (typeof columns)[number]): number {
  return ledger[column] ?? 0;
}

/** `57 created, 20 lines`: what the rows brought about. */
export function effectsLine(effects: Record<string, number>): string {
  return Object.entries(effects)
    .filter(([effect, count]) => count > 0 && effect !== 'unread') // those are among the rejected
    .map(([effect, count]) => `${count} ${effect}`)
    .join(', ');
}
