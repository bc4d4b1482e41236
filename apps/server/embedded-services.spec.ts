import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startServices, type Services } from '#tools/services';
import { startTestServer, type TestServer } from './testing/test-server.ts';

let dataDir: string;
let services: Services;
let server: TestServer;
const told: string[] = [];
const tell = (line: string): void => void told.push(line);

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'millrace-embedded-'));
  services = await startServices({ dataDir, isolated: true, log: tell, warn: tell });
  const { mongodbUri, redisUrl } = services;
  server = await startTestServer({ mongodbUri, redisUrl });
});
afterAll(async () => {
  await server?.close();
  await services?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const until = async (what: () => Promise<boolean>): Promise<void> => {
  while (!(await what())) await delay(50);
};
const servicesKilled = async (): Promise<void> => {
  const { servers } = JSON.parse(await readFile(join(dataDir, 'lock'), 'utf8')) as { servers: { pid: number }[] };
  for (const { pid } of servers) process.kill(pid, 'SIGKILL');
  await until(async () => ['MongoDB', 'Redis'].every((service) => told.includes(`${service} works again.`)));
};

it('goes on when its embedded MongoDB and Redis are killed: the API, and runs', async () => {
  const { http, folder } = server;
  const csv = { format: 'csv', path: join(folder, 'people.csv') };
  await writeFile(csv.path, 'id,email\n1,ann@example.com\n');
  await http.put('/api/connections/files', { name: 'files', connector: 'file', config: csv });
  await servicesKilled();
  await until(async () => (await http.get('/readyz')).status === 200);
  expect((await http.get<{ name: string }>('/api/connections/files')).data.name).toBe('files');
  const sync = {
    name: 'people',
    from: { connection: 'files', stream: 'rows', key: ['id'] },
    to: { connection: 'profiles' },
  };
  const outputs = { profile: { 'identities.email': 'email' } };
  expect((await http.put<object>('/api/syncs/people', { ...sync, outputs })).data).toMatchObject({ name: 'people' });
  const { data } = await http.post<{ id: string }>('/api/syncs/people/runs');
  let run: { state: string; ledger?: { written: number } } = { state: 'queued' };
  await until(async () => {
    run = (await http.get<typeof run>(`/api/runs/${data.id}`)).data;
    return !['queued', 'running'].includes(run.state);
  });
  expect(run).toMatchObject({ state: 'succeeded', ledger: { written: 1 } });
});
