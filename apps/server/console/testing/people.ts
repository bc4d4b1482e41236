import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiClient, type RunView } from '../../../cli/index.ts';
import { endedRun } from '../../testing/ended-run.ts';
import type { TestServer } from '../../testing/test-server.ts';

const rows = [
  { id: '1', email: 'ann@example.com', first: 'Ann', last: 'Berg', city: 'Oslo' },
  { id: '2', email: 'wei@example.com', first: '', last: 'Zhang', city: 'Shenzhen' },
  { id: '3', email: 'olivia@example.com', first: 'Olivia', last: 'Brooks', city: '' },
];

/** Three people: Ann with everything, Wei Zhang without a first name, Olivia without a city. */
export async function loadPeople(server: TestServer): Promise<void> {
  const api = new ApiClient({ url: server.url, key: server.adminKey });
  await writeFile(join(server.folder, 'people.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await api.put('/api/connections/people', {
    name: 'Customer list',
    connector: 'file',
    config: { path: 'people.jsonl', key: ['id'] },
  });
  await api.put('/api/syncs/people', {
    name: 'People',
    from: { connection: 'people', stream: 'rows' },
    to: { connection: 'profiles', object: 'profile' },
    mapping: {
      'identities.email': 'email',
      'traits.firstName': 'first | trim',
      'traits.lastName': 'last',
      'traits.city': 'city | trim',
    },
  });
  const run = await endedRun(api, await api.post<RunView>('/api/syncs/people/runs'));
  if (run.state !== 'succeeded') throw new Error(`The people could not be loaded: ${run.reason}`);
}
