import type { Arrival, Fate } from './arrival.ts';
import { collect } from './collect.ts';
import { millraceClient } from './millrace-client.ts';
import { report, type WriteLine } from './report.ts';
import type { FunctionSettings } from './settings.ts';
import { trigger } from './trigger.ts';

export interface Delivery {
  settings: FunctionSettings;
  /** How long the function may still run. */
  remainingMs: () => number;
  write: WriteLine;
}

/** Does with arrivals what the function was deployed for, and tells what became of each. */
export async function deliver(
  origin: string,
  arrivals: Arrival[],
  { settings, remainingMs, write }: Delivery,
): Promise<Fate[]> {
  const { url, timeoutMs, task } = settings;
  const client = millraceClient(url, timeoutMs, remainingMs);
  const fates =
    task.kind === 'collect'
      ? await collect(arrivals, client, settings, task.writeKey)
      : await trigger(arrivals, client, task);
  report(origin, arrivals, fates, write);
  return fates;
}

/** Whether the platform is to deliver it again: what failed; and what was refused, where a dead letter queue is to get it. */
export function isToComeAgain({ fate }: Fate, { refused }: Pick<FunctionSettings, 'refused'>): boolean {
  return fate === 'failed' || (fate === 'refused' && refused === 'dead-letter');
}
