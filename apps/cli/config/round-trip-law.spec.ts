import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { glob } from 'tinyglobby';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { ApiClient } from '../api/api-client.ts';
import { carryOut } from './apply/carry-out.ts';
import { checkAll } from './apply/check-all.ts';
import { planFor, type Plan } from './apply/plan.ts';
import { readDocuments } from './documents/read-documents.ts';
import { exportDocuments } from './export/export-documents.ts';
import { readFolder, writeFolder } from './export/write-folder.ts';
import { kinds } from './kinds/index.ts';
import { readServer } from './server/server-state.ts';
import { configurations, type Put } from './testing/configurations.ts';

let work: string;
let server: TestServer;
let api: ApiClient;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'millrace-law-'));
  server = await startTestServer({ processes: ['api'] });
  api = new ApiClient({ url: server.url, key: server.adminKey });
  await writeFile(join(server.folder, 'people.csv'), 'id,email\n1,ann@example.com\n');
});
afterAll(async () => {
  await server?.close();
  await rm(work, { recursive: true, force: true });
});

const newFolder = () => mkdtemp(join(work, 'config-'));

async function exported(): Promise<{ folder: string; files: Record<string, string> }> {
  const folder = await newFolder();
  await writeFolder(folder, exportDocuments(await readServer(api), []), await readFolder(folder));
  const names = (await glob('**/*', { cwd: folder })).sort();
  const files = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const);
  return { folder, files: Object.fromEntries(await Promise.all(files)) };
}

async function planOf(folder: string): Promise<Plan> {
  const state = await readServer(api);
  return planFor(await checkAll(await readDocuments([folder]), state, {}), state, api, {});
}

/** What a plan would do, in words. */
const changesOf = ({ steps }: Plan) =>
  steps
    .filter(({ action }) => action !== 'unchanged')
    .map(({ action, kind, document, differences }) => [action, kind.name, document.slug, differences]);

/** What the server takes of it: the law is about what is there. */
async function make(puts: Put[]): Promise<void> {
  for (const { path, body, publish } of puts) {
    const { status } = await server.http.put(path, await withIds(body));
    if (status < 300 && publish) await server.http.post(`${path}/publish`);
  }
}

/** Priorities are of connections by id, which each server has its own of. */
async function withIds({ priorities, ...body }: Put['body']): Promise<object> {
  if (!priorities) return body;
  const named = Object.entries(priorities).map(async ([slug, priority]) => {
    const { data } = await server.http.get<{ id: string }>(`/api/connections/${slug}`);
    return [data.id, priority] as const;
  });
  return { ...body, priorities: Object.fromEntries(await Promise.all(named)) };
}

/** Twice: a sync that another one follows goes after that. */
async function removeAll(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    for (const { kind, id } of await removable())
      await server.http.delete(`${kind.path}/${encodeURIComponent(id)}?force=true`);
  }
  const left = (await removable()).map(({ kind, slug }) => `${kind.name} ${slug}`);
  expect(left.filter((name) => name !== 'sync collected-events')).toEqual([]); // the server makes that one again
}

async function removable() {
  const { resources } = await readServer(api);
  const others = resources.filter(({ kind, builtIn }) => !builtIn && kind.single === undefined);
  return kinds.toReversed().flatMap((kind) => others.filter((one) => one.kind === kind));
}

it('what was exported is there already, and applied elsewhere it is exported from there as it was', async () => {
  await fc.assert(
    fc.asyncProperty(configurations, async (puts) => {
      await removeAll();
      await make(puts);
      const first = await exported();
      expect(changesOf(await planOf(first.folder))).toEqual([]);
      await removeAll();
      await carryOut(await planOf(first.folder), api, () => undefined);
      expect(changesOf(await planOf(first.folder))).toEqual([]);
      expect((await exported()).files).toEqual(first.files);
    }),
    { numRuns: 10, endOnFailure: true },
  );
}, 600_000);
