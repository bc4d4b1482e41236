import { Injectable } from '@nestjs/common';
import { RunObservers, type PlannedRun, type RunNote, type RunObserver } from '../../engine/run-observers.ts';
import { unsettledIn } from '../../runs/ledger.ts';
import type { Run } from '../../runs/run.schema.ts';
import { RunLogWriter } from './run-log-writer.ts';

/** Tells an operator what happened to a run. */
@Injectable()
export class RunStory implements RunObserver {
  constructor(
    observers: RunObservers,
    private readonly writer: RunLogWriter,
  ) {
    observers.add(this);
  }

  runStarted({ _id, plan }: Run, { slices, expected }: PlannedRun): void {
    const rows = expected === undefined ? '' : `, ${expected} rows expected`;
    const start = plan.startsFrom === undefined ? 'from the beginning' : 'where the last run ended';
    const message = `The run starts ${start}: ${slices} ${slices === 1 ? 'slice' : 'slices'} planned${rows}.`;
    this.writer.add(_id, { level: 'info', message }, true);
  }

  runEnded({ _id, state, reason, ledger, error }: Run): void {
    const { read, written, unchanged, superseded, rejected, filtered } = ledger;
    const fates = Object.entries({ written, unchanged, superseded, rejected, filtered, unsettled: unsettledIn(ledger) })
      .filter(([, count]) => count > 0)
      .map(([fate, count]) => `${count} ${fate}`);
    const rows = `${read} rows read${fates.length > 0 ? `: ${fates.join(', ')}` : ''}.`;
    const level = state === 'failed' ? 'error' : reason ? 'warn' : 'info';
    const message = `The run ${state === 'cancelled' ? 'was cancelled' : state}. ${reason ? `${reason} ` : ''}${rows}`;
    this.writer.add(_id, { level, message, ...(error && { fields: { code: error.code } }) }, true);
  }

  noted(run: string, note: RunNote): void {
    this.writer.add(run, note);
  }
}
