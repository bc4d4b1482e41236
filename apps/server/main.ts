import { messageOf } from '@millrace/sdk';
import { createLog, endOnUnhandled, loadSettings, Settings, shutdownOnSignals } from '#platform';
import { startServices } from '#tools/services';
import { startServer } from './start-server.ts';

try {
  await main();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const settings = loadSettings(process.env);
  const log = createLog({ level: settings.logLevel, format: settings.logFormat });
  endOnUnhandled(log);
  for (const warning of settings.warnings) log.warn({}, warning);
  const { mongodbUri, redisUrl, dataDir } = settings;
  const told = { log: (line: string) => log.info({}, line), warn: (line: string) => log.warn({}, line) };
  const services = await startServices({ mongodbUri, redisUrl, dataDir, ...told });
  const server = await startServer(
    new Settings({ ...settings, mongodbUri: services.mongodbUri, redisUrl: services.redisUrl }),
    log,
  );
  shutdownOnSignals({ close: () => server.close().finally(() => services.stop()) }, log, { when: server.outdated });
  server.buildForBrowsers();
  if (server.adminKey) process.stdout.write(`Admin key (shown once, keep it): ${server.adminKey}\n`);
  log.info(
    {},
    server.url
      ? `Millrace listens on ${server.url}: the console is there, and the API is described at ${server.url}/docs`
      : 'Millrace works',
  );
}
