import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { startServices } from '#tools/services';
import { makeDataFolder } from './data-folder.ts';

/** Starts the services for all specs of one run, with data that is gone afterwards, and tells the workers where they are. */
export async function startTestServices(): Promise<{ stop(): Promise<void> }> {
  const dataDir = await makeDataFolder('millrace-test-');
  const services = await startServices({
    dataDir,
    mongodbUri: process.env.MONGODB_URI,
    redisUrl: process.env.REDIS_URL,
    isolated: true,
    log: () => undefined,
    warn: (line) => process.stderr.write(`${line}\n`),
  });
  process.env.MONGODB_URI = services.mongodbUri;
  process.env.REDIS_URL = services.redisUrl;
  process.env.TEST_RUN_ID = randomUUID();
  return {
    async stop() {
      await services.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
