import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiClient, type RunView } from '../../../cli/index.ts';
import { endedRun } from '../../testing/ended-run.ts';
import type { TestServer } from '../../testing/test-server.ts';
import { loadPeople } from './people.ts';

/** Runs a sync of a file of such rows, made if it is not there. */
async function load(api: ApiClient, folder: string, name: string, rows: object[], to: object): Promise<void> {
  await writeFile(join(folder, `${name}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const config = { path: `${name}.jsonl`, key: ['id'] };
  await api.put(`/api/connections/${name}`, { name: `The ${name}`, connector: 'file', config });
  await api.put(`/api/syncs/${name}`, { name, from: { connection: name, stream: 'rows' }, ...to });
  const run = await endedRun(api, await api.post<RunView>(`/api/syncs/${name}/runs`));
  if (run.state !== 'succeeded') throw new Error(`The ${name} could not be loaded: ${run.reason}`);
}

/** What cards say of whose they are: each by its `id`, and as it says last. Some name themselves (`card`). */
export function loadCards({ url, adminKey, folder }: TestServer, rows: object[]): Promise<void> {
  return load(new ApiClient({ url, key: adminKey }), folder, 'cards', rows, {
    to: { connection: 'profiles', object: 'profile' },
    mapping: {
      ...{ 'identities.email': 'email', 'identities.user': 'user', 'identities.$source': 'card' },
      'traits.points': 'points',
    },
  });
}

/**
 * The three people of `loadPeople`. Of Ann, more is known: a card that was somebody's for a while until it named her address, an order, and
 * that she wants no newsletter.
 */
export async function loadKnownPeople(server: TestServer): Promise<void> {
  const api = new ApiClient({ url: server.url, key: server.adminKey });
  await loadPeople(server);
  await loadCards(server, [{ id: 'L1', user: '77', points: 120 }]);
  await loadCards(server, [{ id: 'L1', user: '77', email: 'ann@example.com', points: 130 }]);
  await loadCards(server, [{ id: 'L1', user: '77', email: 'ann@example.com', points: 140 }]);
  await load(
    api,
    server.folder,
    'orders',
    [{ id: 'A-1001', at: '2026-03-01T09:00:00Z', email: 'ann@example.com', total: 41.4, status: 'shipped' }],
    {
      to: { connection: 'profiles', object: 'order' },
      mapping: {
        'identities.email': 'email',
        id: 'id',
        at: 'at | date',
        total: 'total',
        status: 'status',
        currency: { value: 'EUR' },
      },
    },
  );
  await api.put('/api/purposes/newsletter', { title: 'Newsletter', basis: 'consent' });
  const { id } = await api.post<{ id: string }>('/api/profiles/lookup', { identity: 'ann@example.com' });
  await api.post(`/api/profiles/${id}/consents`, {
    ...{ channel: 'email', purpose: 'newsletter', state: 'denied', source: 'telephone call', evidence: { call: 1 } },
  });
}
