import { readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { MillraceError } from '@millrace/sdk';
import { KeysService } from '#access';
import { serveCollecting } from '#collect';
import { serveLive } from '#live';
import { createLog, httpsOptions, NestLog, prepareApp, Upgrade, type Log, type Settings } from '#platform';
import { serveQueueBoard } from '#sync';
import { serveWebhooks } from '#webhooks';
import { AppModule } from './app.module.ts';
import { ConsoleBuild } from './console/index.ts';
import { serveOpenApi } from './open-api.ts';
import { withOwnPort } from './own-port.ts';
import { refuseApi } from './refuse-api.ts';
import { SnippetBuild } from './snippet/index.ts';
import { tellOfUnknownAddresses } from './unknown-address.ts';

export interface RunningServer {
  /** Where it listens. Absent in a process that only works. */
  url?: string;
  /** The first admin key, on the first start only. */
  adminKey?: string;
  log: Log;
  /** Resolves, with what happened, when a newer version has come: this process has to end. */
  outdated: Promise<string>;
  /** Builds the console and the snippet in the background, so that they are there when the first browser comes. */
  buildForBrowsers(): void;
  /** Takes no new work, finishes what is under way, closes every connection. */
  close(): Promise<void>;
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Starts the API, the collector and the workers, as `processes` of the settings says. */
export async function startServer(
  given: Settings,
  log: Log = createLog({ level: given.logLevel, format: given.logFormat }),
): Promise<RunningServer> {
  const onlyWorks = given.processes.every((process) => process === 'worker');
  const settings = onlyWorks ? given : await withOwnPort(given);
  const module = AppModule.forRoot(settings, log);
  const logger = new NestLog(log);
  if (onlyWorks) {
    const app = await NestFactory.createApplicationContext(module, { logger, abortOnError: false });
    const { outdated } = app.get(Upgrade);
    return { log, outdated, buildForBrowsers: () => undefined, close: () => app.close() };
  }
  const tls = httpsOptions(settings);
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger,
    rawBody: true,
    bodyParser: false,
    abortOnError: false,
    httpsOptions: tls,
  });
  try {
    return await serve(app, settings, log);
  } catch (error) {
    await app.close(); // it may work already, and nobody else can end that
    throw error;
  }
}

async function serve(app: NestExpressApplication, settings: Settings, log: Log): Promise<RunningServer> {
  if (settings.processes.includes('collector')) {
    serveCollecting(app);
    serveWebhooks(app);
  }
  prepareApp(app);
  tellOfUnknownAddresses(app);
  serveLive(app);
  if (!settings.processes.includes('api')) refuseApi(app);
  serveOpenApi(app, version);
  await serveQueueBoard(app);
  await listen(app, settings);
  const adminKey = await app.get(KeysService).ensureAdmin();
  const buildForBrowsers = (): void => {
    app.get(ConsoleBuild).want();
    app.get(SnippetBuild).want();
  };
  const { outdated } = app.get(Upgrade);
  return { url: await app.getUrl(), adminKey, log, outdated, buildForBrowsers, close: () => app.close() };
}

async function listen(app: NestExpressApplication, { port, host }: Settings): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new MillraceError(
      'invalid_settings',
      `Another program listens on port ${port} of ${host}. End it, or set MILLRACE_PORT to another port.`,
      { cause },
    );
  }
}
