import type { mongo } from 'mongoose';
import type { Drift } from '../drift/drift.ts';
import type { Rejects } from '../rejects/rejects.ts';
import type { SliceDocument } from '../runs/slice.schema.ts';
import type { Next } from './next-step.ts';
import { planSlices } from './plan-slices.ts';
import type { RunLease } from './run-lease.ts';
import type { RunObservers } from './run-observers.ts';
import type { WithRun } from './with-run.ts';

export interface RunPlanningOptions {
  slices: mongo.Collection<SliceDocument>;
  rejects: Rejects;
  drift: Drift;
  observers: RunObservers;
  withRun: WithRun;
}

/** The first step of a run: what it is cut into. */
export class RunPlanning {
  constructor(private readonly options: RunPlanningOptions) {}

  async plan(held: RunLease): Promise<Next> {
    const { slices, drift } = this.options;
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
}
