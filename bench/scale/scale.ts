import { join } from 'node:path';
import type { Services } from '#tools/services';
import { median, round } from '../kit/figures.ts';
import { startServerProcess, type ServerProcess } from '../kit/server-process.ts';
import { withServices } from '../kit/with-services.ts';
import { writeCustomers } from '../load/customers.ts';
import { makeSync, runSync } from '../load/engine-load.ts';

const files = 8;
const rowsAFile = 25_000;
const pairs = 3;

/** Eight files as eight slices: two worker processes against one, each working on one slice at a time. */
export async function benchScale(): Promise<void> {
  await withServices(async (services, folder) => {
    for (let file = 0; file < files; file++) {
      const range = { from: file * rowsAFile + 1, to: (file + 1) * rowsAFile };
      await writeCustomers(join(folder, `customers-${file}.csv`), range);
    }
    const ratios: number[] = [];
    for (let pair = 1; pair <= pairs; pair++) {
      const one = await load(services, folder, 1, `one_${pair}`);
      const two = await load(services, folder, 2, `two_${pair}`);
      console.log(`pair ${pair}: one worker ${round(one)} s, two workers ${round(two)} s, ratio ${round(one / two)}`);
      ratios.push(one / two);
    }
    console.log(JSON.stringify({ bench: 'scale', ratios: { twoWorkers: round(median(ratios)) } }));
  });
}

async function load(services: Services, folder: string, workers: number, database: string): Promise<number> {
  const options = { database, dataDir: join(folder, database), fileRoot: folder, concurrency: 1 };
  const started: ServerProcess[] = [];
  try {
    const server = await startServerProcess(services, { ...options, processes: 'api' });
    started.push(server);
    for (let worker = 0; worker < workers; worker++) {
      started.push(await startServerProcess(services, { ...options, processes: 'worker' }));
    }
    const sync = await makeSync(server.api, join(folder, 'customers-*.csv'));
    return (await runSync(server.api, sync, files * rowsAFile)).seconds;
  } finally {
    for (const server of started) await server.stop();
  }
}
