import type { Collections } from '../collections.ts';
import type { Run } from './run.schema.ts';

/** Slices that are looked at, the first ones of the run. */
const looked = 100;

/**
 * What a run waits for, and until when, where no slice of it can be worked on before: what its source or destination said. Undefined while it goes
 * on, or rests.
 */
export async function waitingOf(
  { _id: run, state, paused }: Pick<Run, '_id' | 'state' | 'paused'>,
  { slices }: Pick<Collections, 'slices'>,
): Promise<Pick<Run, 'error' | 'notBefore'> | undefined> {
  if (state !== 'running' || paused) return undefined;
  if (await slices.findOne({ run, state: 'working' }, { projection: { _id: 1 } })) return undefined;
  const pending = await slices
    .find({ run, state: 'pending' }, { projection: { error: 1, notBefore: 1 }, sort: { ordinal: 1 }, limit: looked })
    .toArray();
  const now = new Date();
  if (pending.some(({ notBefore }) => notBefore === undefined || notBefore <= now)) return undefined;
  const [next] = pending.sort((a, b) => Number(a.notBefore) - Number(b.notBefore));
  return next?.error && { error: next.error, notBefore: next.notBefore };
}
