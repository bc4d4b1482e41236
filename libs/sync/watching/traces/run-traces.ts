import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { newPlace, rootPlace, Traces } from '#platform';
import { RunObservers, type CommittedPage, type RunObserver } from '../../engine/run-observers.ts';
import type { Run } from '../../runs/run.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import { runAttributes } from './run-attributes.ts';

/** One trace a run, made of spans from all processes that worked on it: the run itself, and below it each turn of a slice. */
@Injectable()
export class RunTraces implements RunObserver {
  /** What the turns of this process have committed so far, by slice. */
  private readonly turns = new Map<string, { rows: number; pages: number }>();

  constructor(
    observers: RunObservers,
    private readonly traces: Traces,
  ) {
    if (traces.wanted) observers.add(this);
  }

  turnStarted(run: Run, slice: SliceDocument): (error?: unknown) => void {
    const startedAt = new Date();
    const committed = { rows: 0, pages: 0 };
    this.turns.set(slice._id, committed);
    return (error) => {
      // A turn that lost its lease may end after the next one of the same slice has begun.
      if (this.turns.get(slice._id) === committed) this.turns.delete(slice._id);
      const parent = rootPlace(run._id);
      this.traces.add({
        name: 'slice turn',
        place: newPlace(parent),
        parent,
        startedAt,
        endedAt: new Date(),
        attributes: {
          ...runAttributes(run),
          'millrace.slice.id': slice.id,
          'millrace.slice.origin': slice.origin ?? 'source',
          'millrace.slice.epoch': slice.epoch,
          'millrace.pages': committed.pages,
          'millrace.rows.read': committed.rows,
        },
        error: codeOf(error),
      });
    };
  }

  pageWritten(_run: Run, slice: SliceDocument, { account }: CommittedPage): void {
    const committed = this.turns.get(slice._id);
    const { read } = account.ledger;
    if (!committed || read === 0) return; // the outcomes of a page that was counted when it was read
    committed.pages += 1;
    committed.rows += read;
  }

  runEnded(run: Run): void {
    const counts = Object.entries(run.ledger).map(([fate, count]) => [`millrace.rows.${fate}`, count] as const);
    this.traces.add({
      name: 'run',
      place: rootPlace(run._id),
      causedBy: run.startedIn,
      startedAt: run.startedAt ?? run.createdAt,
      endedAt: run.endedAt ?? new Date(),
      attributes: {
        ...runAttributes(run),
        'millrace.run.state': run.state,
        'millrace.run.trigger': run.trigger,
        ...Object.fromEntries(counts),
      },
      error: run.state === 'failed' ? (run.error?.code ?? 'internal') : undefined,
    });
  }
}

/** Its message may repeat what the other side said of a person; the run's log has it. */
function codeOf(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  if (!(error instanceof MillraceError)) return 'internal';
  return error.code === 'run_cancelled' ? undefined : error.code;
}
