import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient, RunView } from '../../cli/index.ts';

/** A run as soon as it has ended. Whoever asks without a pause takes the processor that the run needs. */
export async function endedRun(api: ApiClient, { id }: Pick<RunView, 'id'>): Promise<RunView> {
  for (;;) {
    const run = await api.get<RunView>(`/api/runs/${id}`);
    if (run.endedAt) return run;
    await delay(25);
  }
}
