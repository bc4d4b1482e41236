import { MillraceError, wholeStream, type Slice } from '@millrace/sdk';
import { emptyLedger } from '../../runs/ledger.ts';
import { isSubscription, type Run } from '../../runs/run.schema.ts';
import type { SliceDocument } from '../../runs/slice.schema.ts';
import type { OpenRun } from '../opening/open-run.ts';
import type { Output } from '../rows/outputs.ts';
import { subscriptionSlices } from './subscription-slices.ts';

const maxSlices = 100_000;

/** Asks the stream for the slices of a run. */
export async function planSlices(run: Run, { stream, context, outputs }: OpenRun): Promise<SliceDocument[]> {
  if (isSubscription(run)) {
    refuseToStartAnew(outputs);
    return subscriptionSlices(run);
  }
  if (run.plan.replay) return [{ ...sliceDocument(run, { id: 'rejects', spec: null }, 0), origin: 'rejects' }];
  const planned: Iterable<Slice> | AsyncIterable<Slice> = stream.plan ? await stream.plan(context) : [wholeStream];
  const documents: SliceDocument[] = [];
  for await (const slice of planned) {
    if (documents.length === maxSlices) {
      throw new MillraceError(
        'invalid_connector',
        `The stream planned more than ${maxSlices} slices. Make them larger.`,
      );
    }
    documents.push(sliceDocument(run, slice, documents.length));
  }
  return documents;
}

/** The sync may be older than what its destination says of that. */
function refuseToStartAnew(outputs: readonly Output[]): void {
  const anew = outputs.find(({ definition }) => definition.startsAnew);
  if (anew === undefined) return;
  throw new MillraceError(
    'conflict',
    `"${anew.object}" puts the rows of a run in the place of those of the run before, and an endless stream is followed in many runs: only the rows of the last one would be left. Let the destination keep runs apart (a file: {run} in its name).`,
  );
}

function sliceDocument(run: Run, slice: Slice, ordinal: number): SliceDocument {
  return {
    _id: `${run._id}.${ordinal}`,
    run: run._id,
    ordinal,
    planEpoch: run.epoch,
    id: slice.id,
    spec: slice.spec,
    ...(slice.weight !== undefined && { weight: slice.weight }),
    state: 'pending',
    ledger: emptyLedger(),
    effects: {},
    epoch: 0,
    attempts: 0,
    updatedAt: new Date(),
  };
}

/** The slice that removes what a mirror no longer saw. */
export function removalsSlice(run: Run, ordinal: number, weight: number): SliceDocument {
  return { ...sliceDocument(run, { id: 'removals', spec: null, weight }, ordinal), origin: 'removals' };
}
