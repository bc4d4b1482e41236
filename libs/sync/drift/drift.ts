import { Inject, Injectable, Optional } from '@nestjs/common';
import { touches } from '@millrace/sdk';
import { Collections } from '../collections.ts';
import type { OpenRun } from '../engine/opening/open-run.ts';
import { isWhole, type Run } from '../runs/run.schema.ts';
import type { SliceDocument, SliceOrigin } from '../runs/slice.schema.ts';
import { writesOf } from '../syncs/sync-writes.ts';
import { driftOf, goneOf } from './drift-of.ts';
import { DRIFT_AFFECTS, type DriftAffects } from './drift-affects.ts';
import { describeDrift } from './drift-text.ts';
import { DriftWatch } from './drift-watch.ts';
import { maxDrift, type FieldDrift } from './field-drift.ts';
import { readersOf } from './field-readers.ts';
import { KnownFields } from './known-fields.ts';

const ofSource = new Set<SliceOrigin>(['source', 'subscription']);

type ReadBy = (field: string) => string[];
type OpenUse = Pick<OpenRun, 'outputs' | 'settings'>;

/** Changes of a source's fields: noticed by runs, handled by the sync's policy. */
@Injectable()
export class Drift {
  constructor(
    private readonly collections: Collections,
    private readonly fields: KnownFields,
    @Optional() @Inject(DRIFT_AFFECTS) private readonly affects?: DriftAffects,
  ) {}

  /** Whether the run learns what there is, silently: until one has succeeded, nothing is known of what the sync reads. */
  async learns({ sync: _id, plan }: Run): Promise<boolean> {
    const sync = await this.collections.syncs.findOne({ _id }, { projection: { fieldsOf: 1 } });
    if (sync?.fieldsOf === sourceOf(plan)) return false;
    await this.fields.forget(_id);
    return true;
  }

  /** Undefined: the slice's rows do not come from the source. */
  async watch(run: Run, slice: Pick<SliceDocument, 'origin'>, open: OpenUse): Promise<DriftWatch | undefined> {
    if (slice.origin && !ofSource.has(slice.origin)) return undefined;
    const readBy = readByOf(run, open);
    return DriftWatch.start({
      fields: this.fields,
      sync: run.sync,
      run: run._id,
      policy: isSilent(run) ? 'learn' : run.plan.drift === 'pause' ? 'pause' : 'add',
      readBy,
      note: () => this.note(run, readBy),
    });
  }

  /** Several workers may meet something at once: what they found is joined, by field. */
  async hold({ _id, plan }: Run, found: readonly FieldDrift[], open: OpenUse): Promise<void> {
    const { runs } = this.collections;
    const others = {
      $filter: {
        input: { $ifNull: ['$drift', []] },
        cond: { $not: [{ $in: ['$$this.field', { $literal: found.map(({ field }) => field) }] }] },
      },
    };
    const held = await runs.findOneAndUpdate(
      { _id, active: true, state: { $in: ['running', 'held'] }, cancelRequested: { $ne: true } },
      [
        {
          $set: {
            state: 'held',
            hold: 'drift',
            drift: { $slice: [{ $concatArrays: [{ $literal: found }, others] }, maxDrift] },
          },
        },
      ],
      { returnDocument: 'after' },
    );
    if (!held) return;
    const waiting = (held.drift ?? []).filter(({ waits }) => waits);
    const affected = await this.affected(plan, open, waiting);
    await runs.updateOne(
      { _id, state: 'held', hold: 'drift' },
      { $set: { reason: holdReason(_id, waiting, affected) } },
    );
  }

  /** Makes known what the run waits for. */
  async approve({ _id, sync, drift = [] }: Run): Promise<void> {
    const waiting = drift.filter(({ waits }) => waits);
    await this.fields.learn(
      sync,
      _id,
      waiting.map(({ field, types, example }) => ({ path: field, types, example })),
    );
    await this.collections.runs.updateOne({ _id }, { $unset: { 'drift.$[].waits': '' } });
  }

  /** After the last row of a run. Gives a sentence about what changed, if anything did. */
  async close(run: Run, open: OpenUse): Promise<string | undefined> {
    const { _id, sync, plan } = run;
    if (isSilent(run)) return this.learnt(run);
    const readBy = readByOf(run, open);
    const isFull = plan.read !== 'stream' && plan.startsFrom === undefined && isWhole(run);
    const missed = isFull ? await this.fields.missedBy(sync, _id) : [];
    const goneBefore = (run.drift ?? []).filter(({ change }) => change === 'gone'); // by a step that was broken off
    const drift = [
      ...driftOf(await this.fields.changedBy(sync, _id), readBy),
      ...goneBefore,
      ...goneOf(missed, readBy),
    ].slice(0, maxDrift);
    if (drift.length === 0) return undefined;
    await this.collections.runs.updateOne({ _id, active: true }, { $set: { drift } });
    await this.fields.forget(
      sync,
      missed.map(({ path }) => path),
    );
    return `The source has changed: ${describeDrift(drift)}${await this.affected(plan, open, drift)}`;
  }

  /** A sentence about who uses what the changed fields feed; empty when nobody does. New fields feed nothing that was used before. */
  private async affected({ to }: Run['plan'], { outputs }: OpenUse, drift: readonly FieldDrift[]): Promise<string> {
    const changed = drift.filter(({ change }) => change !== 'new').map(({ field }) => field);
    const written = writesOf(outputs).filter(({ reads }) =>
      reads.some((read) => changed.some((field) => touches(field, read))),
    );
    const sentence = written.length === 0 ? undefined : await this.affects?.(to, written);
    return sentence === undefined ? '' : ` ${sentence}`;
  }

  private async note(run: Run, readBy: ReadBy): Promise<void> {
    const drift = driftOf(await this.fields.changedBy(run.sync, run._id), readBy).slice(0, maxDrift);
    await this.collections.runs.updateOne({ _id: run._id, active: true }, { $set: { drift } });
  }

  /** A run without a row teaches nothing. */
  private async learnt({ _id, sync, plan }: Run): Promise<undefined> {
    if (!(await this.fields.sawAny(sync, _id))) return;
    await this.collections.syncs.updateOne({ _id: sync }, { $set: { fieldsOf: sourceOf(plan) } });
  }
}

function isSilent({ learnsFields, plan }: Run): boolean {
  return learnsFields === true || plan.drift === 'ignore';
}

function sourceOf({ from }: Run['plan']): string {
  return `${from.connection}/${from.stream}`;
}

function readByOf({ plan }: Run, { outputs, settings }: OpenUse): ReadBy {
  return readersOf({ outputs, key: settings.key, cursor: settings.cursor, filter: plan.filter });
}

function holdReason(run: string, waiting: readonly FieldDrift[], affected: string): string {
  return `Held before anything of it was written, as the source has changed: ${describeDrift(waiting)}${affected} POST /api/runs/${run}/approve takes it over and goes on; …/cancel ends the run, and the next one starts where this one did.`;
}
