import { join } from 'node:path';
import type { ApiClient } from '../../apps/cli/index.ts';
import { writeCustomers } from './customers.ts';
import { makeSync, runSync } from './engine-load.ts';

/** Customers that are loaded before anything is measured, so that neither way is timed while V8 still compiles it: others than the measured ones. */
export const warmUp = { from: 9_000_001, to: 9_005_000 };

/** The whole way, by a connection and a sync of its own. */
export async function warmUpEngine(api: ApiClient, folder: string): Promise<void> {
  const path = join(folder, 'warm-up.csv');
  await writeCustomers(path, warmUp);
  await runSync(api, await makeSync(api, path, 'warm-up'), warmUp.to - warmUp.from + 1);
}
