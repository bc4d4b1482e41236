import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient, RunView } from '../../apps/cli/index.ts';

/** Joins a CSV file of customers to the profile store; returns the sync's id. */
export async function makeSync(api: ApiClient, path: string, slug = 'customers'): Promise<string> {
  await api.put(`/api/connections/${slug}`, { name: 'Customers', connector: 'file', config: { path, key: 'id' } });
  const { id } = await api.put<{ id: string }>(`/api/syncs/${slug}`, {
    name: 'Customers',
    from: { connection: slug, stream: 'rows' },
    to: { connection: 'profiles', object: 'profile' },
    mapping: {
      'identities.email': 'email | trim | lower',
      'traits.firstName': 'firstName',
      'traits.lastName': 'lastName',
      'traits.city': 'city',
      'traits.country': 'country',
      'traits.plan': 'plan',
      'traits.signedUpAt': 'signedUpAt | date',
    },
  });
  return id;
}

/** Runs a sync to its end; seconds from asking for the run to its last write, as the server's clock has them. `watch` sees it on its way. */
export async function runSync(
  api: ApiClient,
  sync: string,
  expected?: number,
  watch?: (run: RunView) => Promise<void>,
): Promise<{ seconds: number; run: RunView }> {
  let run = await api.post<RunView & { createdAt: string }>(`/api/syncs/${sync}/runs`);
  while (!run.endedAt) {
    await delay(100);
    run = await api.get(`/api/runs/${run.id}`);
    await watch?.(run);
  }
  if (run.state !== 'succeeded' || (expected !== undefined && run.ledger.read !== expected))
    throw new Error(`The run went wrong: ${JSON.stringify(run)}`);
  return { run, seconds: (Date.parse(run.endedAt) - Date.parse(run.createdAt)) / 1_000 };
}
