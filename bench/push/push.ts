import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import axios from 'axios';
import type { Services } from '#tools/services';
import type { ApiClient } from '../../apps/cli/index.ts';
import { median, round } from '../kit/figures.ts';
import { startServerProcess } from '../kit/server-process.ts';
import { withServices } from '../kit/with-services.ts';
import { writeCustomers } from '../load/customers.ts';
import { makeSync, runSync } from '../load/engine-load.ts';
import { plainPosts } from './plain-posts.ts';

const count = 100_000;
const batch = 500;
const rounds = 3;
/** Milliseconds for which a change is read again, since a slow writer may come behind it. */
const lookBack = 60_000;

/**
 * 100,000 profiles to a local HTTP endpoint, against a bare loop that reads the same profiles and posts the same batches with axios. Once right after
 * they were loaded, when a second push reads them all again; then three times when they have rested.
 */
export async function benchPush(): Promise<void> {
  await withServices(async (services, folder) => {
    const path = join(folder, 'customers.csv');
    await writeCustomers(path, { to: count });
    const options = { database: 'bench_push', dataDir: join(folder, 'bench_push'), fileRoot: folder };
    const server = await startServerProcess(services, options);
    const receiver = await startReceiver();
    try {
      await runSync(server.api, await makeSync(server.api, path), count);
      const loaded = performance.now();
      const fresh = await measure(server.api, services, receiver.url, 'right after the load');
      await delay(Math.max(0, loaded + lookBack - performance.now()));
      const results: Result[] = [];
      for (let round = 1; round <= rounds; round++)
        results.push(await measure(server.api, services, receiver.url, `round ${round}`));
      const first = median(results.map(({ plain, engine }) => plain / engine));
      const unchanged = median(results.map(({ engine, second }) => second / engine));
      const ratios = { first: round(first), unchanged: round(unchanged, 3) };
      const withinLookBack = { unchanged: round(fresh.second / fresh.engine, 3) };
      console.log(JSON.stringify({ bench: 'push', ratios, withinLookBack }));
    } finally {
      receiver.child.kill();
      await server.stop();
    }
  });
}

interface Result {
  plain: number;
  engine: number;
  second: number;
}

async function measure(api: ApiClient, services: Services, url: string, title: string): Promise<Result> {
  const n = title.replaceAll(' ', '-');
  const plain = await plainPosts(services.mongodbUri, 'bench_push', url, batch);
  await api.put(`/api/connections/receiver-${n}`, {
    name: `Receiver ${n}`,
    connector: 'webhook',
    config: { url, key: ['email'], batchSize: batch },
  });
  const { id } = await api.put<{ id: string }>(`/api/syncs/push-${n}`, {
    name: `Push ${n}`,
    from: { connection: 'profiles', stream: 'profile' },
    to: { connection: `receiver-${n}`, object: 'rows' },
    mode: 'upsert',
    mapping: {
      email: 'identities.email',
      firstName: 'traits.firstName',
      lastName: 'traits.lastName',
      city: 'traits.city',
      country: 'traits.country',
      plan: 'traits.plan',
      signedUpAt: 'traits.signedUpAt',
    },
  });
  const before = await received(url);
  const { seconds: engine } = await runSync(api, id, count);
  const sent = (await received(url)) - before;
  if (sent !== count) throw new Error(`${sent} rows arrived, not ${count}.`);
  const { seconds: second } = await runSync(api, id);
  if ((await received(url)) !== before + count) throw new Error('The second push sent rows that had not changed.');
  console.log(
    `${title}: bare loop ${round(plain)} s, push ${round(engine)} s, ratio ${round(plain / engine)}; again ${round(second)} s, ${round(second / engine, 3)} of the first`,
  );
  return { plain, engine, second };
}

async function received(url: string): Promise<number> {
  return (await axios.get<{ rows: number }>(url)).data.rows;
}

async function startReceiver(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'receiver.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill());
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { url, child };
}
