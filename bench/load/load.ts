import { join } from 'node:path';
import type { Services } from '#tools/services';
import { median, round } from '../kit/figures.ts';
import { startServerProcess } from '../kit/server-process.ts';
import { withServices } from '../kit/with-services.ts';
import { writeCustomers } from './customers.ts';
import { makeSync, runSync } from './engine-load.ts';
import { passNames, type Passes } from './passes.ts';
import { plainUpserts } from './plain-upserts.ts';
import { warmUpEngine } from './warm-up.ts';

const pairs = 3;
const small = 100_000;
const large = 1_000_000;

/** The whole way (file → pages → mapping → identities → profiles, as Bull jobs) against a plain upsert loop on the same MongoDB. */
export async function benchLoad(args: string[]): Promise<void> {
  await withServices(async (services, folder) => {
    const results: Pair[] = [];
    for (let pair = 1; pair <= pairs; pair++) results.push(await measurePair(services, folder, pair));
    const ratios = Object.fromEntries(
      passNames.map((pass) => [pass, round(median(results.map(({ plain, engine }) => plain[pass] / engine[pass])))]),
    );
    console.log(`\nmedian of ${pairs} pairs, times the plain loop's rate: ${JSON.stringify(ratios)}`);
    const cold = await firstLoad(services, folder, small, 'bench_cold');
    const coldRatio = round(median(results.map(({ plain }) => plain.first)) / cold.seconds);
    console.log(`first, by a server that has just started: ${round(cold.seconds)} s; ratio ${coldRatio}`);
    const seconds: Record<string, number> = { '100k': round(median(results.map(({ engine }) => engine.first))) };
    const rssMb: Record<string, number> = { '100k': Math.max(...results.map(({ peakMb }) => peakMb)) };
    if (!args.includes('--small')) {
      const million = await firstLoad(services, folder, large, 'bench_many');
      seconds['1m'] = round(million.seconds);
      rssMb['1m'] = million.peakMb;
      console.log(
        `1,000,000 rows: ${round(million.seconds)} s (${round(million.seconds / (seconds['100k'] ?? NaN))} times 100,000), ${million.peakMb} MB at most`,
      );
    }
    console.log(JSON.stringify({ bench: 'load', ratios, cold: { first: coldRatio }, rssMb, seconds }));
  });
}

interface Pair {
  plain: Passes;
  engine: Passes;
  peakMb: number;
}

async function measurePair(services: Services, folder: string, pair: number): Promise<Pair> {
  const plain = await plainUpserts(services.mongodbUri, `plain_${pair}`, small);
  const { engine, peakMb } = await enginePasses(services, folder, `bench_${pair}`);
  for (const pass of passNames) {
    const rate = (seconds: number): string =>
      `${round(seconds)} s (${Math.round(small / seconds).toLocaleString('en')} rows/s)`;
    console.log(
      `pair ${pair}, ${pass}: plain loop ${rate(plain[pass])}; the whole way ${rate(engine[pass])}; ratio ${round(plain[pass] / engine[pass])}`,
    );
  }
  return { plain, engine, peakMb };
}

async function enginePasses(
  services: Services,
  folder: string,
  database: string,
): Promise<{ engine: Passes; peakMb: number }> {
  const path = join(folder, 'customers.csv');
  await writeCustomers(path, { to: small });
  const server = await startServerProcess(services, { database, dataDir: join(folder, database), fileRoot: folder });
  try {
    await warmUpEngine(server.api, folder);
    const sync = await makeSync(server.api, path);
    const pass = async (written: number): Promise<number> => {
      const { seconds, run } = await runSync(server.api, sync, small);
      if (run.ledger.written !== written) throw new Error(`${run.ledger.written} rows were written, not ${written}.`);
      return seconds;
    };
    const first = await pass(small);
    const unchanged = await pass(0);
    await writeCustomers(path, { to: small, changed: 'gold' });
    return { engine: { first, unchanged, tenPercent: await pass(small / 10) }, peakMb: await server.peakMb() };
  } finally {
    await server.stop();
  }
}

/** By a server that has just started. */
async function firstLoad(
  services: Services,
  folder: string,
  count: number,
  database: string,
): Promise<{ seconds: number; peakMb: number }> {
  const path = join(folder, `${database}.csv`);
  await writeCustomers(path, { to: count });
  const options = { database, dataDir: join(folder, database), fileRoot: folder };
  const server = await startServerProcess(services, options);
  try {
    const { seconds } = await runSync(server.api, await makeSync(server.api, path), count);
    return { seconds, peakMb: await server.peakMb() };
  } finally {
    await server.stop();
  }
}
