import type { mongo } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { canonicalJson } from '#platform';
import type { Drift } from '../../drift/drift.ts';
import type { KnownRows } from '../../known-rows/known-rows.ts';
import type { Rejects } from '../../rejects/rejects.ts';
import type { Run } from '../../runs/run.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import type { Sync } from '../../syncs/sync.schema.ts';
import type { Next } from './next-step.ts';
import { planSlices } from './plan-slices.ts';
import type { RunLease } from './run-lease.ts';
import type { RunObservers } from '../run-observers.ts';
import type { WithRun } from './with-run.ts';

export interface RunPlanningOptions {
  slices: mongo.Collection<SliceDocument>;
  syncs: mongo.Collection<Sync>;
  known: KnownRows;
  rejects: Rejects;
  drift: Drift;
  observers: RunObservers;
  withRun: WithRun;
}

/** The first step of a run: what it is cut into. */
export class RunPlanning {
  constructor(private readonly options: RunPlanningOptions) {}

  async plan(held: RunLease): Promise<Next> {
    const { slices, syncs, drift } = this.options;
    if (!(await syncs.findOne({ _id: held.run.sync }, { projection: { _id: 1 } })))
      throw new MillraceError('run_cancelled', 'The sync was removed when the run was made.');
    await this.forgetFormerDestination(held.run);
    return this.options.withRun(held, async (open) => {
      // Of a planning that was broken off. One that stalled meanwhile must not delete what its successor planned.
      await slices.deleteMany({ run: held.run._id, planEpoch: { $not: { $gte: held.run.epoch } } });
      const planned = await planSlices(held.run, open);
      const expected = held.run.plan.replay
        ? await this.options.rejects.countToReplay(held.run)
        : await open.stream.count?.(open.context);
      const learnsFields = await drift.learns(held.run);
      const startedAt = new Date();
      held.permit();
      if (planned.length > 0) await slices.insertMany(planned);
      await held.update({
        $set: {
          state: 'running',
          startedAt,
          attempts: 0,
          learnsFields,
          ...(expected !== undefined && { expected }),
        },
        $unset: { error: '' },
      });
      this.options.observers.runStarted(
        { ...held.run, state: 'running', startedAt },
        {
          slices: planned.length,
          expected,
          schema: open.stream.schema,
          origin: open.origin,
          outputs: open.outputs,
        },
      );
      return { slices: planned, ...(planned.length === 0 && { again: new Date() }) };
    });
  }

  /** What was sent there, the new one has not. No run is under way that could note more of it. */
  private async forgetFormerDestination({ sync: id, plan }: Run): Promise<void> {
    const { syncs, known } = this.options;
    const sync = await syncs.findOne({ _id: id, moved: true }, { projection: { to: 1, revision: 1 } });
    if (!sync) return;
    await known.forgetSync(id);
    if (canonicalJson(sync.to) !== canonicalJson(plan.to)) return; // it moved again since the run was made
    await syncs.updateOne({ _id: id, revision: sync.revision }, { $unset: { moved: '' } });
  }
}
