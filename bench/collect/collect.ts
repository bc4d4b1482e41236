import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { mongo } from 'mongoose';
import type { Services } from '#tools/services';
import { median, round } from '../kit/figures.ts';
import { startServerProcess, type ServerProcess } from '../kit/server-process.ts';
import { withServices } from '../kit/with-services.ts';
import { batchOf, trackMessage } from './messages.ts';
import { rateOf, Sender } from './sender.ts';
import { toProfile } from './to-profile.ts';
import { toTrigger } from './to-trigger.ts';

const rounds = 3;
const seconds = 5;
const batch = 100;
const batchConnections = 8;
const singleConnections = 32;
const database = 'bench_collect';

interface Rates {
  /** Requests a second. */
  batch: number;
  single: number;
}

/**
 * Collecting against a bare `node:http` handler with the same grouping and write concern; then how long it takes to the profile, and to the
 * call of a trigger.
 */
export async function benchCollect(): Promise<void> {
  await withServices(async (services, folder) => {
    const options = { database, dataDir: join(folder, database), fileRoot: folder };
    const server = await startServerProcess(services, { ...options, processes: 'api,worker' });
    const collector = await startServerProcess(services, { ...options, processes: 'collector' });
    const bare = await startBare(services);
    try {
      const { writeKey } = await server.api.post<{ writeKey: string }>('/api/sources', { name: 'Bench' });
      await server.api.patch('/api/syncs/collected-events', { paused: true }); // the handler does nothing further either
      const pairs: [bare: Rates, collect: Rates][] = [];
      for (let n = 1; n <= rounds; n++)
        pairs.push([await ratesOf(bare.url, '', writeKey, n), await ratesOf(collector.url, '/v1', writeKey, n)]);
      const ratios = {
        batch: round(median(pairs.map(([plain, own]) => own.batch / plain.batch))),
        single: round(median(pairs.map(([plain, own]) => own.single / plain.single))),
      };
      const ms = await latencies(services, server, collector, writeKey);
      console.log(JSON.stringify({ bench: 'collect', ratios, ms }));
    } finally {
      bare.stop();
      await collector.stop();
      await server.stop();
    }
  });
}

async function ratesOf(url: string, prefix: string, writeKey: string, n: number): Promise<Rates> {
  const sender = new Sender(url, writeKey, singleConnections);
  let count = 0;
  const postBatch = (): Promise<void> => sender.post(`${prefix}/batch`, batchOf(batch, (count += batch)));
  const postOne = (): Promise<void> => sender.post(`${prefix}/track`, trackMessage(count++));
  await rateOf(batchConnections, 1, postBatch); // warm
  const rates = {
    batch: await rateOf(batchConnections, seconds, postBatch),
    single: await rateOf(singleConnections, seconds, postOne),
  };
  sender.close();
  const what = prefix ? 'Millrace' : 'bare handler';
  console.log(
    `round ${n}, ${what}: ${round(rates.batch * batch, 0)} events/s in batches, ${round(rates.single, 0)} events/s singly`,
  );
  return rates;
}

/** At half the greatest rate at which events get all the way, from a request to the profile store, while both ends work. */
async function latencies(
  services: Services,
  server: ServerProcess,
  collector: ServerProcess,
  writeKey: string,
): Promise<{ toProfileP99: number; toTriggerP99: number }> {
  const uri = new URL(services.mongodbUri);
  uri.pathname = `/${database}`;
  await catchUp(uri.href, server);
  const sender = new Sender(collector.url, writeKey, singleConnections);
  const most = await rateToProfiles(uri.href, sender);
  const load = { sender, rate: most / 2, seconds: 20 };
  const toProfileP99 = told('to the profile', load.rate, await toProfile(load, uri.href));
  const toTriggerP99 = told("to a trigger's webhook", load.rate, await toTrigger(load, server));
  sender.close();
  return { toProfileP99, toTriggerP99 };
}

/** Gives the 99th percentile. */
function told(way: string, rate: number, sorted: number[]): number {
  const at = (share: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN, 0);
  console.log(
    `${way} at ${round(rate, 0)} events/s: median ${at(0.5)} ms, p99 ${at(0.99)} ms (${sorted.length} people)`,
  );
  return at(0.99);
}

/** The sync makes up for what the rounds have left in the inbox. */
async function catchUp(uri: string, server: ServerProcess): Promise<void> {
  const client = await new mongo.MongoClient(uri).connect();
  const [events, inbox] = [client.db().collection('events'), await client.db().collection('inbox').countDocuments()];
  await server.api.patch('/api/syncs/collected-events', { paused: false });
  while ((await events.estimatedDocumentCount()) === 0) await delay(20);
  const start = performance.now();
  while ((await events.estimatedDocumentCount()) < inbox) await delay(100);
  await client.close();
  const rate = inbox / ((performance.now() - start) / 1_000);
  console.log(`from the inbox to the profile store, nothing else to do: ${round(rate, 0)} events/s`);
}

/** Events a second: batches for a while, as fast as they are taken, until the last one has arrived in the profile store. */
async function rateToProfiles(uri: string, sender: Sender): Promise<number> {
  const client = await new mongo.MongoClient(uri).connect();
  const events = client.db().collection('events');
  const before = await events.estimatedDocumentCount();
  let sent = 0;
  const start = performance.now();
  await rateOf(batchConnections, seconds, async () => {
    await sender.post('/v1/batch', batchOf(batch, sent));
    sent += batch;
  });
  while ((await events.estimatedDocumentCount()) < before + sent) await delay(20);
  await client.close();
  const rate = sent / ((performance.now() - start) / 1_000);
  console.log(`from requests to the profile store: ${round(rate, 0)} events/s`);
  return rate;
}

async function startBare(services: Services): Promise<{ url: string; stop: () => void }> {
  const uri = new URL(services.mongodbUri);
  uri.pathname = '/bench_bare';
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare.mjs'), uri.href], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { url, stop: () => void child.kill() };
}
