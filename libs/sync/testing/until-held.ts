import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from '../runs/run.schema.ts';
import type { Runs } from '../runs/runs.ts';

/** Waits until a run waits for approval. Gives the run; throws when it has ended instead. */
export async function untilHeld(runs: Runs, id: string): Promise<Run> {
  for (;;) {
    const run = await runs.get(id);
    if (run.state === 'held' && run.reason !== undefined) return run;
    if (!run.active) throw new Error(`The run ended as ${run.state}: ${run.reason ?? 'no reason given'}`);
    await delay(50);
  }
}
