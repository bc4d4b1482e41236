import { Inject, Injectable, Optional } from '@nestjs/common';
import { MillraceError, wholeStream, type Page, type TemplateRenderer } from '@millrace/sdk';
import { Connections, withDeadline } from '#connections';
import { Log, newId } from '#platform';
import { ErasedGates } from '../engine/rows/erased-gates.ts';
import { openRun, type OpenRun } from '../engine/opening/open-run.ts';
import { KnownRows } from '../known-rows/known-rows.ts';
import { MAPPING_RENDERER } from '../mapping-renderer.ts';
import type { RunPlan } from '../runs/run.schema.ts';
import { SyncChecks } from '../syncs/sync-checks.ts';
import type { Sync } from '../syncs/sync.schema.ts';
import { Syncs } from '../syncs/syncs.ts';
import { addChanges, candidatesOf, type Candidate } from './dry-rows.ts';
import type { DryRow, DryRunDto } from './dry-run.dto.ts';

const deadline = 30_000;

/** Shows rows of a sync, saved or not, as they would arrive, and what they would change. Nothing is written. */
@Injectable()
export class DryRun {
  constructor(
    private readonly syncs: Syncs,
    private readonly checks: SyncChecks,
    private readonly connections: Connections,
    private readonly known: KnownRows,
    private readonly gates: ErasedGates,
    private readonly log: Log,
    @Optional() @Inject(MAPPING_RENDERER) private readonly render?: TemplateRenderer,
  ) {}

  async rows({ sync, unsaved, limit = 10 }: DryRunDto): Promise<DryRow[]> {
    const saved = sync ? await this.syncs.require(sync) : undefined;
    const what = saved ?? (unsaved && (await this.checks.checked(unsaved)));
    if (!what) throw new MillraceError('bad_request', 'Give `sync` (a saved one) or `unsaved` (its description).');
    const { from, to, outputs, filter, read, mode, delivery, drift } = what;
    const plan: RunPlan = {
      from,
      to,
      outputs,
      filter,
      read,
      mode,
      delivery,
      drift,
      syncRevision: 0,
      fromRevision: 0,
      fromConnector: '',
      fromVersion: '',
      toRevision: 0,
      toConnector: '',
      toVersion: '',
    };
    const stop = new AbortController();
    try {
      return await withDeadline('The dry run', deadline, stop, () => this.rowsOf(saved, plan, limit, stop.signal));
    } finally {
      stop.abort();
    }
  }

  private async rowsOf(saved: Sync | undefined, plan: RunPlan, limit: number, signal: AbortSignal): Promise<DryRow[]> {
    const { connections, known, gates, render, log } = this;
    const open = await openRun(
      // Named like a run: of changes with an equal time that of the later run counts.
      { _id: newId('run'), sync: saved?._id ?? 'unsaved', plan, until: new Date() },
      { connections, known, gates, render, log, signal, permit: refuseToWrite },
    );
    try {
      return await this.firstRows(open, limit);
    } finally {
      await open.close();
    }
  }

  private async firstRows(open: OpenRun, limit: number): Promise<DryRow[]> {
    const candidates: Candidate[] = [];
    for await (const page of pagesOf(open)) {
      candidates.push(...(await candidatesOf(open, firstOf(page, limit - candidates.length), candidates.length)));
      if (candidates.length >= limit) break;
    }
    await addChanges(open, candidates);
    return candidates.map(({ row }) => row);
  }
}

async function* pagesOf({ stream, context }: OpenRun): AsyncGenerator<Page> {
  const slices = stream.plan ? await stream.plan(context) : [wholeStream];
  for await (const slice of slices) yield* stream.read?.({ ...context, slice }) ?? [];
}

function firstOf(page: Page, count: number): Page {
  const records = page.records.slice(0, count);
  const deletes = page.deletes?.slice(0, count - records.length);
  return {
    ...page,
    records,
    deletes,
    rejects: page.rejects?.slice(0, count - records.length - (deletes?.length ?? 0)),
  };
}

function refuseToWrite(): never {
  throw new MillraceError('internal', 'A dry run writes nothing.');
}
