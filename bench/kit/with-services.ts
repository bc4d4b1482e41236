import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServices, type Services } from '#tools/services';

/** MongoDB and Redis of the benchmark's own, and a folder that goes with them. */
export async function withServices(work: (services: Services, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'));
  const services = await startServices({
    dataDir: join(folder, 'services'),
    isolated: true,
    log: (line) => console.log(line),
    warn: (line) => console.log(line),
  });
  try {
    await work(services, folder);
  } finally {
    await services.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
