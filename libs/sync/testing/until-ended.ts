import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from '../runs/run.schema.ts';
import type { Runs } from '../runs/runs.ts';

/** Waits for the end of a run. */
export async function untilEnded(runs: Runs, id: string): Promise<Run> {
  for (;;) {
    const run = await runs.get(id);
    if (!run.active) return run;
    await delay(50);
  }
}
