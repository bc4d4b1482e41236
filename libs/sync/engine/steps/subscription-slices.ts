import type { Run } from '../../runs/run.schema.ts';
import { emptyLedger } from '../../runs/ledger.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';

/** One slice for each subscriber of a run. */
export function subscriptionSlices(run: Run): SliceDocument[] {
  const of = run.plan.consumers ?? 1;
  return Array.from({ length: of }, (_, index) => ({
    _id: `${run._id}.${index}`,
    run: run._id,
    ordinal: index,
    planEpoch: run.epoch,
    id: `consumer-${index}`,
    spec: { index, of },
    origin: 'subscription',
    state: 'pending',
    lanes: {},
    ledger: emptyLedger(),
    effects: {},
    epoch: 0,
    attempts: 0,
    updatedAt: new Date(),
  }));
}
