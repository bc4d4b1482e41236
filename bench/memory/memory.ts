import { join } from 'node:path';
import { withServices } from '../kit/with-services.ts';
import { startServerProcess } from '../kit/server-process.ts';
import { writeCustomers } from '../load/customers.ts';
import { makeSync, runSync } from '../load/engine-load.ts';

const count = 1_000_000;
const step = 100_000;

/** A million rows from a file to profiles: what the server process holds, as the rows go by. */
export async function benchMemory(): Promise<void> {
  await withServices(async (services, folder) => {
    const path = join(folder, 'customers.csv');
    await writeCustomers(path, { to: count });
    const server = await startServerProcess(services, {
      database: 'bench_memory',
      dataDir: join(folder, 'bench_memory'),
      fileRoot: folder,
    });
    try {
      const along: Record<string, number> = {};
      let next = step;
      await runSync(server.api, await makeSync(server.api, path), count, async ({ ledger }) => {
        if (ledger.read < next) return;
        const residentMb = await server.residentMb();
        along[`${ledger.read}`] = residentMb;
        console.log(`${ledger.read.toLocaleString('en')} rows: ${residentMb} MB`);
        next = (Math.floor(ledger.read / step) + 1) * step;
      });
      console.log(JSON.stringify({ bench: 'memory', rssMb: await server.peakMb(), along }));
    } finally {
      await server.stop();
    }
  });
}
