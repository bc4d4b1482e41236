import colors from 'picocolors';
import type { RunView } from '../api/views.ts';
import { plainText } from './plain-text.ts';
import { effectsLine, ledgerLine, unsettledNote } from './ledger-line.ts';

/** A run in three lines: how it ended, where its rows ended, what to look at. */
export function printRun(run: RunView): void {
  const paint = run.state === 'succeeded' ? colors.green : run.state === 'failed' ? colors.red : colors.yellow;
  console.log(`${paint(run.state)} ${run.id}${run.reason ? `: ${plainText(run.reason)}` : ''}`);
  const effects = effectsLine(run.effects);
  console.log(`${ledgerLine(run.ledger)}${effects ? colors.dim(` (${effects})`) : ''}`);
  const note = run.endedAt === undefined ? '' : unsettledNote(run.ledger);
  if (note) console.log(colors.dim(note));
  if (run.ledger.rejected > 0) console.log(colors.dim(`millrace rejects ${run.id} shows the refused rows`));
}
